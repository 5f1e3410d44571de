import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';

import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { loadExample } from '../support/n8n/exampleWorkflow';
import type { Editor, Theme } from '../support/browser/editor';
import { useBrowserStage } from './browserStage';
import { SCREENSHOTS } from './screenshots';

/*
 * The pictures of README and docs. `npm run test:browser -- --record pictures` takes them anew; else
 * they go where the screenshots are, which tells that they can still be taken.
 */

const IMAGES = resolve(__dirname, '..', '..', 'docs', 'images');
const folder = process.env.CRAWL_JOBS_RECORD === 'true' ? IMAGES : SCREENSHOTS;

const MAX_BYTES = 150_000;
const VIEWPORT = { width: 1200, height: 640 };
/** The names below the nodes are not part of what n8n calls a node. */
const CANVAS_MARGIN = { x: 56, y: 64 };
const PANEL_MARGIN = { x: 0, y: 0 };

const EXAMPLE = 'crawl-to-crm.json';
const CREDENTIAL = 'geonodeScraperApi';
const WAIT_NODE = 'Wait Until Crawl Done';
const NOTE = 'n8n-nodes-base.stickyNote';

const THEMES: Array<[theme: Theme, ending: string]> = [
	['light', ''],
	['dark', '-dark'],
];

const WITHOUT_CHROME = `
	body * { visibility: hidden; }
	[data-test-id=canvas], [data-test-id=canvas] * { visibility: visible; }
	[data-test-id=canvas-handle-plus-wrapper], [data-test-id=canvas-handle-plus-wrapper] *,
	.vue-flow__panel, .vue-flow__panel * { visibility: hidden !important; }
`;

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

const stage = useBrowserStage();

beforeAll(async () => {
	const { n8n, editor, simulator } = stage();
	const data = simulatorCredentials(simulator)[CREDENTIAL] ?? {};
	const credential = await n8n.createCredential('Geonode account', CREDENTIAL, data);
	const example = loadExample(EXAMPLE, { [CREDENTIAL]: credential });
	const nodes = example.nodes.filter(({ type }) => type !== NOTE);
	const { id } = await n8n.createWorkflow({ ...example, nodes });
	await editor.page.setViewportSize(VIEWPORT);
	await editor.openWorkflow(id);
	mkdirSync(folder, { recursive: true });
});

it.each(THEMES)('there is a picture of a workflow in the %s theme', async (theme, ending) => {
	const { editor } = stage();
	const path = join(folder, `workflow${ending}.png`);
	await editor.useTheme(theme);
	await photographCanvas(editor, path);
	expect(statSync(path).size).toBeLessThan(MAX_BYTES);
});

it.each(THEMES)('there is a picture of the wait node in the %s theme', async (theme, ending) => {
	const { editor } = stage();
	const path = join(folder, `wait-panel${ending}.png`);
	await editor.useTheme(theme);
	await editor.openNode(WAIT_NODE);
	await photographPanel(editor, path);
	await editor.closeNode();
	expect(statSync(path).size).toBeLessThan(MAX_BYTES);
});

/** The nodes and what connects them, without the rest of the editor. */
async function photographCanvas({ page }: Editor, path: string): Promise<void> {
	const style = await page.addStyleTag({ content: WITHOUT_CHROME });
	const clip = await boxAround(await page.getByTestId('canvas-node').all(), CANVAS_MARGIN);
	await page.screenshot({ path, clip });
	await style.evaluate((element: { remove(): void }) => element.remove());
}

/** The form of the open node, between its input and its output. */
async function photographPanel({ page }: Editor, path: string): Promise<void> {
	const clip = await boxAround(
		[
			page.getByTestId('tab-params'),
			page.getByTestId('node-execute-button'),
			page.getByTestId('node-parameters'),
		],
		PANEL_MARGIN,
	);
	await page.screenshot({ path, clip });
}

/** The part of the page that holds some elements. */
async function boxAround(elements: Locator[], margin: { x: number; y: number }): Promise<Box> {
	const boxes = await Promise.all(elements.map(async (element) => await element.boundingBox()));
	const shown = boxes.filter((box) => box !== null);
	const x = Math.min(...shown.map((box) => box.x)) - margin.x;
	const y = Math.min(...shown.map((box) => box.y)) - margin.y;
	return {
		x,
		y,
		width: Math.max(...shown.map((box) => box.x + box.width)) + margin.x - x,
		height: Math.max(...shown.map((box) => box.y + box.height)) + margin.y - y,
	};
}
