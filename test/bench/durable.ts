/**
 * What durable waits cost on a real n8n in queue mode: `npm run bench:durable [-- --waits=1000]`.
 * Needs Postgres and Redis on this machine, and half an hour for a thousand waits.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import globalSetup from '../e2e/globalSetup';
import { log } from '../e2e/log';
import { startStage, type Stage } from '../e2e/stage';
import { Waits } from '../e2e/waits';
import { occupiedSeconds } from './workerLog';

const CONCURRENCY = 5;
const MINUTE_MS = 60_000;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { waits: { type: 'string', default: '1000' } } });
	const count = Number(values.waits);
	await globalSetup();
	const env = { N8N_LOG_FORMAT: 'json' };
	const stage = await startStage({ workers: 1, concurrency: CONCURRENCY, env });
	try {
		const waits = await Waits.start(stage, {
			waitMode: 'durable',
			count,
			durationsMs: [3 * MINUTE_MS, 9 * MINUTE_MS],
			maxWaitMinutes: 10,
			slowChecks: false,
		});
		await waits.untilReported(60 * MINUTE_MS);
		await waits.log();
		logCost(stage, waits);
		if (waits.result.right !== count) process.exitCode = 1;
	} finally {
		await stage.close();
	}
}

function logCost(stage: Stage, waits: Waits): void {
	const hours = waits.waitedMs / 3_600_000;
	const checks = stage.simulator.requests.length;
	const seconds = stage.workers
		.map(({ logFile }) => occupiedSeconds(readFileSync(logFile, 'utf8')))
		.reduce((sum, value) => sum + value, 0);
	log(`${hours.toFixed(1)} hours of waiting, ${checks} checks: ${perHour(checks, hours)} an hour`);
	log(
		`${seconds.toFixed(0)} s of worker slots: ${perHour(seconds, hours)} s in an hour of waiting`,
	);
}

function perHour(amount: number, hours: number): string {
	return (amount / hours).toFixed(1);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
