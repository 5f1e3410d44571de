import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import type { Theme } from '../support/browser/editor';
import { SCREENSHOTS } from './screenshots';

/*
 * The pictures of README and docs. `npm run test:browser -- --record pictures` takes them anew; else
 * they go where the screenshots are, which tells that they can still be taken.
 */

const IMAGES = resolve(__dirname, '..', '..', 'docs', 'images');
const folder = process.env.CRAWL_JOBS_RECORD === 'true' ? IMAGES : SCREENSHOTS;

const THEMES: Array<[theme: Theme, ending: string]> = [
	['light', ''],
	['dark', '-dark'],
];

type Box = NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>;

/** What is asked of an element in the browser. */
interface Placed {
	getBoundingClientRect(): { toJSON(): Box };
}

/**
 * Takes a picture in each theme.
 * @param page the page to take it of, which follows the theme of the system
 * @param take saves one at a path
 * @returns the size of the larger one, in bytes
 */
export async function photograph(
	page: Page,
	name: string,
	take: (path: string) => Promise<unknown>,
): Promise<number> {
	mkdirSync(folder, { recursive: true });
	const sizes = [];
	for (const [colorScheme, ending] of THEMES) {
		const path = join(folder, `${name}${ending}.png`);
		await page.emulateMedia({ colorScheme });
		await take(path);
		sizes.push(statSync(path).size);
	}
	return Math.max(...sizes);
}

/** The part of the page that holds what is shown of some elements, with a margin. */
export async function boxAround(
	elements: Locator[],
	margin: { x: number; y: number },
): Promise<Box> {
	const boxes = await Promise.all(
		elements.map(
			async (locator) =>
				await locator.evaluateAll((found: Placed[]) =>
					found.map((element) => element.getBoundingClientRect().toJSON()),
				),
		),
	);
	const shown = boxes.flat().filter(({ width }) => width > 0);
	const x = Math.min(...shown.map((box) => box.x)) - margin.x;
	const y = Math.min(...shown.map((box) => box.y)) - margin.y;
	return {
		x,
		y,
		width: Math.max(...shown.map((box) => box.x + box.width)) + margin.x - x,
		height: Math.max(...shown.map((box) => box.y + box.height)) + margin.y - y,
	};
}
