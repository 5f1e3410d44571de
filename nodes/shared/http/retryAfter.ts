export type ResponseHeaders = Readonly<Record<string, unknown>>;

/**
 * The longest pause that is believed, in milliseconds: beyond a day, a header tells a broken clock
 * or a broken server and not when a service is back.
 */
export const MAX_PAUSE_MS = 24 * 60 * 60 * 1000;

// As seconds from now, these would be 31 years; as points in time, they are 2001 and later.
const FIRST_EPOCH_SECONDS = 1e9;
const FIRST_EPOCH_MS = 1e11;

/**
 * How long a server asks to wait before the next request, in whole milliseconds from 0 to
 * {@link MAX_PAUSE_MS}, or `null` when it does not say. Reads `Retry-After` in both of its forms
 * (RFC 9110 §10.2.3), a number of seconds or an HTTP date, and in those that servers use against
 * it: seconds or milliseconds since 1970, and ISO dates. A point in time is one of the server's own
 * clock, which its `Date` header shows.
 * @param nowMs the time at which the answer came, for servers that do not tell theirs
 */
export function retryAfterMs(headers: ResponseHeaders, nowMs: number): number | null {
	const value = header(headers, 'retry-after');
	if (value === null) return null;
	const number = /^\d+(?:\.\d*)?$/.test(value) ? Number(value) : null;
	if (number !== null && number < FIRST_EPOCH_SECONDS) return pauseMs(number * 1000);
	const time = number === null ? dateMs(value) : epochMs(number);
	return time === null ? null : pauseMs(time - (dateMs(header(headers, 'date') ?? '') ?? nowMs));
}

/** A pause that somebody can wait for: `null` for what is no number, and never more than a day. */
export function pauseMs(ms: number): number | null {
	if (Number.isNaN(ms)) return null;
	return Math.min(MAX_PAUSE_MS, Math.max(0, Math.ceil(ms)));
}

function epochMs(number: number): number {
	return number < FIRST_EPOCH_MS ? number * 1000 : number;
}

const HAS_TIME_ZONE = /(?:z|[a-z]{3}|[+-]\d{2}:?\d{2})$/i;

/** As the oldest kind of HTTP dates, which is in UTC: RFC 9110, 5.6.7. */
const ENDS_WITHOUT_ZONE = /(?<![+-]\d)\d:\d{2}(?: +\d{4})?$/;

function isoInUtc(value: string): string {
	const needsZone = /\d:\d/.test(value) && !HAS_TIME_ZONE.test(value);
	return needsZone ? `${value.replace(' ', 'T')}Z` : value;
}

/** An HTTP or ISO date, without a zone in UTC. Date.parse takes a bare number for a year. */
function dateMs(value: string): number | null {
	const isIso = /^\d{4}-\d{2}-\d{2}/.test(value);
	if (!isIso && !/^[a-z]{3}/i.test(value)) return null;
	const time = Date.parse(isIso ? isoInUtc(value) : value.replace(ENDS_WITHOUT_ZONE, '$& UTC'));
	return Number.isNaN(time) ? null : time;
}

/** One response header as trimmed text, whatever the casing of its name; `null` when absent. */
export function header(headers: ResponseHeaders, name: string): string | null {
	const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
	const value = key === undefined ? undefined : headers[key];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof first === 'number') return String(first);
	return typeof first === 'string' && first.trim() !== '' ? first.trim() : null;
}
