import { setTimeout as sleep } from 'node:timers/promises';

import { PROVIDER_IDS } from '../support/simulator/job';
import type { Stage } from './stage';

/** From the last request of a poll, and the last execution in n8n's list, until no more come of it. */
const QUIET_MS = 6_000;

/**
 * Waits until n8n has polled everywhere since it started, and has given what it found. Killed in
 * between, it can lose an event (docs/trigger.md), as n8n is set up by itself.
 * @param startedAt how many requests there had been when it started
 * @param patienceMs after which it throws
 */
export async function untilQuiet(
	{ simulator: { requests }, n8n }: Stage,
	startedAt: number,
	patienceMs: number,
): Promise<void> {
	const polled = () => new Set(requests.slice(startedAt).map(({ provider }) => provider));
	await until(async () => PROVIDER_IDS.every((id) => polled().has(id)), patienceMs);
	let last = '';
	let since = Date.now();
	while (Date.now() - since < QUIET_MS) {
		const [latest] = await n8n.listExecutions({});
		const now = `${requests.length} ${latest?.id}`;
		if (now !== last) since = Date.now();
		last = now;
		await sleep(100);
	}
}

/**
 * Waits until something is so.
 * @throws {Error} when it is not after `patienceMs`
 */
export async function until(isSo: () => Promise<boolean>, patienceMs: number): Promise<void> {
	const giveUpAt = Date.now() + patienceMs;
	while (!(await isSo())) {
		if (Date.now() > giveUpAt) throw new Error('Waited in vain');
		await sleep(500);
	}
}
