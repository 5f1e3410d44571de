import { sleep } from 'n8n-workflow';

/** Time as the waiting core sees it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms`, or within half a second of an abort. Never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** n8n's `sleep` cannot be aborted before version 2.34, so a long one is made of slices. */
const SLICE_MS = 500;

export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		const end = Date.now() + ms;
		while (Date.now() < end && !signal?.aborted) {
			await sleep(Math.min(SLICE_MS, end - Date.now()));
		}
	},
};
