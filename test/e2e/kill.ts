import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nServer } from '../n8n/server';
import { log } from './log';
import type { Waits } from './waits';

const LONGEST_OUTAGE_MS = 5_000;

/**
 * n8n resumes at once what it has missed. A kill then can hit the supervisor of a wait, which is the
 * one thing that cannot be replaced: `docs/scaling.md` says what becomes of such a wait.
 */
const CATCH_UP_MS = 12_000;

/** Ends a process with `kill -9`, starts it again up to five seconds later, and lets it catch up. */
export async function kill(server: N8nServer, name: string, waits: Waits): Promise<void> {
	await server.kill();
	log(`kill -9 of ${name}, while ${waits.result.lost} of ${waits.result.waits} waits go on`);
	await sleep(LONGEST_OUTAGE_MS * Math.random());
	await server.start();
	log(`${name} is back`);
	await sleep(CATCH_UP_MS);
}
