import { setTimeout as sleep } from 'node:timers/promises';

import type { N8nServer } from '../support/n8n/server';
import { log } from './log';
import type { Waits } from './waits';

const LONGEST_OUTAGE_MS = 5_000;

/** Ends a process with `kill -9`, and starts it again up to five seconds later. */
export async function kill(server: N8nServer, name: string, waits: Waits): Promise<void> {
	await server.kill();
	log(`kill -9 of ${name}, while ${waits.result.lost} of ${waits.result.waits} waits go on`);
	await sleep(LONGEST_OUTAGE_MS * Math.random());
	await server.start();
	log(`${name} is back`);
}
