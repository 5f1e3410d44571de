import { sleep } from 'n8n-workflow';

import type { Clock } from '../waiting/clock';

/** n8n's `sleep` takes no signal before version 2.34, so a long one is made of slices. */
const SLICE_MS = 500;

/** The clock of this machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		while (Date.now() < end && !signal?.aborted) {
			await sleep(Math.min(SLICE_MS, end - Date.now()), signal).catch(() => {});
		}
	},
};
