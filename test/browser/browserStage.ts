import type { Browser } from 'playwright-core';

import { OWNER, startStage, type Stage } from '../e2e/stage';
import { launchChromium } from '../support/browser/chromium';
import { Editor } from '../support/browser/editor';
import { keepScreenshot } from './screenshots';

/** A real n8n with this package, its editor in a browser, and the simulated providers. */
export interface BrowserStage extends Stage {
	editor: Editor;
}

/**
 * One for all tests of the file.
 * @returns what gives it, once the tests run
 */
export function useBrowserStage(): () => BrowserStage {
	let stage: BrowserStage | undefined;
	const started = (): BrowserStage => {
		if (stage === undefined) throw new Error('The editor is open while tests run');
		return stage;
	};
	beforeAll(async () => {
		stage = await startBrowserStage();
	});
	afterAll(async () => {
		await stage?.close();
	});
	return started;
}

/** Keeps a screenshot of how each test of the file ends. */
export function keepEnds(stage: () => BrowserStage): void {
	afterEach(async () => {
		await keepScreenshot(stage().editor, expect.getState().currentTestName ?? 'test');
	});
}

async function startBrowserStage(): Promise<BrowserStage> {
	const stage = await startStage({ workers: 0 });
	let browser: Browser | undefined;
	const close = async () => {
		await browser?.close();
		await stage.close();
	};
	try {
		browser = await launchChromium();
		return { ...stage, close, editor: await Editor.open(browser, stage.main.url, OWNER) };
	} catch (error) {
		await close();
		throw error;
	}
}
