import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Results } from './sideBySide/results';

const ROOT = resolve(__dirname, '../..');
const BENCH = 'test/bench/sideBySide/main.ts';
const MINUTE = 60_000;

/** @throws Error with what the command says when it fails */
function run(...args: string[]): void {
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
}

describe('the bench of waiting side by side, in a quick run of this package alone', () => {
	let folder: string;
	let results: Results;

	beforeAll(() => {
		// Loading is measured on what is published.
		if (!existsSync(join(ROOT, 'dist/bundle.js'))) run('scripts/build.mjs');
		folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-side-by-side-'));
		run('--import', 'tsx', BENCH, '--quick', '--peers', 'ours', '--out', folder);
		results = JSON.parse(readFileSync(join(folder, 'measurements.json'), 'utf8')) as Results;
	}, 10 * MINUTE);

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('waits for jobs on both clocks, and loses none', () => {
		expect(results.peers).toMatchObject([
			{ delays: { '2 s': { lost: 0 }, '10 min': { lost: 0 } }, crowds: { 3: { lost: 0 } } },
		]);
	});

	it('is right about the faults of a service', () => {
		expect(results.peers[0]?.faults).toEqual({
			'half of the JSON': 'right',
			'connection cut': 'right',
		});
	});

	it('writes a page that says what it is', () => {
		const page = readFileSync(join(folder, 'measurements.md'), 'utf8');
		expect(page).toContain('A quick run: its figures mean nothing.');
	});

	it('draws a picture', () => {
		const picture = readFileSync(join(folder, 'images', 'side-by-side.svg'), 'utf8');
		expect(picture).toMatch(/^<svg [^]*<\/svg>\n$/);
	});
});
