/**
 * What a status answer of 20 MB takes, beside n8n's own HTTP Request node: `npm run bench:large`. Both
 * get the same answer over HTTP in n8n's own engine, each time in a new process, by turns.
 */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ensurePeers } from './sideBySide/installed';
import { spreadOf } from './sideBySide/statistics';
import { statusAnswer } from './statusAnswers';
import { table } from './table';
import type { Taken } from './largeAnswerTaker';

const LARGE_BYTES = 20_000_000;
const SMALL_BYTES = 1_000;
const RUNS = 5;
const TAKERS = ['HighLevel, Get Status', 'HTTP Request'] as const;

async function main(): Promise<void> {
	const { n8nNodes } = await ensurePeers();
	const server = createServer(({ url = '' }, response) => {
		const body = url.startsWith('/large') ? large : small;
		response.writeHead(200, { 'content-type': 'application/json' }).end(body);
	});
	const large = statusAnswer('highLevel', LARGE_BYTES, 'plain').body;
	const small = statusAnswer('highLevel', SMALL_BYTES, 'plain').body;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const all = new Map(TAKERS.map((taker): [string, Taken[]] => [taker, []]));
	for (let run = 0; run < RUNS; run++) {
		for (const [taker, taken] of all) taken.push(await take([taker, baseUrl, n8nNodes]));
	}
	server.close();
	const rows = [...all].map(([taker, taken]) => [
		taker,
		shown(taken.map(({ peakMiB }) => peakMiB)),
		shown(taken.map(({ blockedMs }) => blockedMs)),
	]);
	console.log(table(['20 MB', 'Peak, MiB', 'n8n blocked for, ms'], rows));
}

async function take(args: readonly string[]): Promise<Taken> {
	const script = join(__dirname, 'largeAnswerTaker.ts');
	const flags = ['--expose-gc', '--import', 'tsx', script, ...args];
	const { stdout } = await promisify(execFile)(process.execPath, flags);
	return JSON.parse(stdout) as Taken;
}

/** The median, and the least and the most. */
function shown(values: readonly number[]): string {
	const { median, least, most } = spreadOf(values);
	return `${median.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`;
}

void main();
