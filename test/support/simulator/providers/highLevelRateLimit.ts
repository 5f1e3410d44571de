const INTERVAL_MS = 10_000;
const MAX_PER_INTERVAL = 100;
const MAX_PER_DAY = 200_000;

/** The documented limits, 100 requests in 10 seconds and 200,000 a day, in fixed windows. */
export class HighLevelRateLimit {
	private intervalStartedAt = 0;
	private inInterval = 0;
	private inAll = 0;

	/**
	 * Counts a request.
	 * @returns whether it may be served, and the headers every answer carries
	 */
	take(): { isAllowed: boolean; headers: Record<string, string> } {
		const now = Date.now();
		if (now - this.intervalStartedAt >= INTERVAL_MS) {
			this.intervalStartedAt = now;
			this.inInterval = 0;
		}
		this.inInterval += 1;
		this.inAll += 1;
		return {
			isAllowed: this.inInterval <= MAX_PER_INTERVAL && this.inAll <= MAX_PER_DAY,
			headers: {
				'X-RateLimit-Limit-Daily': String(MAX_PER_DAY),
				'X-RateLimit-Daily-Remaining': String(Math.max(0, MAX_PER_DAY - this.inAll)),
				'X-RateLimit-Interval-Milliseconds': String(INTERVAL_MS),
				'X-RateLimit-Max': String(MAX_PER_INTERVAL),
				'X-RateLimit-Remaining': String(Math.max(0, MAX_PER_INTERVAL - this.inInterval)),
			},
		};
	}
}
