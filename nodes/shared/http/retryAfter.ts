export type ResponseHeaders = Readonly<Record<string, unknown>>;

/**
 * How long a server asks to wait before the next request, in milliseconds from `nowMs`, or `null`
 * when it does not say. Reads `Retry-After` in both of its forms (RFC 9110 §10.2.3): a number of
 * seconds, or an HTTP date.
 */
export function retryAfterMs(headers: ResponseHeaders, nowMs: number): number | null {
	const value = header(headers, 'retry-after');
	if (value === null) return null;
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	// Date.parse takes a bare number for a year.
	const date = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** One response header as trimmed text, whatever the casing of its name; `null` when absent. */
export function header(headers: ResponseHeaders, name: string): string | null {
	const key = Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
	const value = key === undefined ? undefined : headers[key];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof first === 'number') return String(first);
	return typeof first === 'string' && first.trim() !== '' ? first.trim() : null;
}
