/** Time as the waiting core sees it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms`, or within half a second of an abort. Never rejects. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
