import { header, type ResponseHeaders } from '../shared/http/retryAfter';

/** The daily count does not say when it starts again, so a long pause has to do. */
const DAILY_PAUSE_MS = 60 * 60 * 1000;
const DEFAULT_INTERVAL_MS = 10_000;

/** The pause that HighLevel's counters ask for, in milliseconds; `null` while requests are left. */
export function rateLimitMs(headers: ResponseHeaders): number | null {
	if (header(headers, 'x-ratelimit-daily-remaining') === '0') return DAILY_PAUSE_MS;
	if (header(headers, 'x-ratelimit-remaining') !== '0') return null;
	const intervalMs = Number(header(headers, 'x-ratelimit-interval-milliseconds'));
	return intervalMs > 0 ? intervalMs : DEFAULT_INTERVAL_MS;
}
