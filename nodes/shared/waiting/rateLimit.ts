/** How many requests a provider documents to answer in which time. */
export interface RequestBudget {
	requests: number;
	perMs: number;
}

/**
 * Requests under way at once where a rate limit was reached. Each of them is refused when the limit
 * is reached again, and two with answers of 0.2 s are as many as the strictest documented limit allows.
 */
const LIMITED_CONCURRENCY = 2;

/** When requests that share a rate limit may be sent. Times are milliseconds since the epoch. */
export class RateLimit {
	/** The end of the longest pause that was asked for. */
	pausedUntil = 0;
	private underWay = 0;
	/** Whether a request was ever refused. From then on few are under way at once. */
	private wasReached = false;
	/** When the latest requests were sent, as many as the budget has, in turn. */
	private readonly sentAt: number[] = [];
	private sent = 0;

	constructor(private readonly budget?: RequestBudget) {}

	/**
	 * When the next request may be sent; infinite where one that is under way has to end first.
	 * @param isLast whether no later one would be of use: it waits for no pause
	 */
	opensAt(isLast: boolean): number {
		if (this.wasReached && this.underWay >= LIMITED_CONCURRENCY) return Infinity;
		return isLast ? 0 : Math.max(this.pausedUntil, this.inBudgetAt());
	}

	/** Notes that a request is sent. */
	begin(now: number): void {
		this.underWay++;
		if (this.budget === undefined) return;
		this.sentAt[this.sent % this.budget.requests] = now;
		this.sent++;
	}

	/** Notes that a request has been answered, or given up. */
	end(): void {
		this.underWay--;
	}

	/** Notes that an answer asked for a pause. */
	pause(until: number): void {
		this.wasReached = true;
		this.pausedUntil = Math.max(this.pausedUntil, until);
	}

	private inBudgetAt(): number {
		if (this.budget === undefined) return 0;
		const oldest = this.sentAt[this.sent % this.budget.requests];
		return oldest === undefined ? 0 : oldest + this.budget.perMs;
	}
}
