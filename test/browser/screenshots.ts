import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Editor } from '../support/browser/editor';

/** Where they are kept: in `CRAWL_JOBS_SCREENSHOTS`, or in the folder for temporary files. */
export const SCREENSHOTS =
	process.env.CRAWL_JOBS_SCREENSHOTS ?? join(tmpdir(), 'crawl-jobs-screenshots');

/** Keeps what the editor shows, for a person to look at. */
export async function keepScreenshot({ page }: Editor, name: string): Promise<void> {
	mkdirSync(SCREENSHOTS, { recursive: true });
	await page.screenshot({ path: join(SCREENSHOTS, `${name.replace(/[^\w-]+/g, ' ').trim()}.png`) });
}
