/*
 * Reads points in time in the forms that servers write them. Nothing here throws, and nothing gives
 * a time that no crawl can have had.
 */

/** What is not after the epoch comes from a field that is empty; what is as late as this, from none. */
const END_OF_TIME_MS = Date.UTC(2200, 0);

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/**
 * A point in time as ISO 8601 in UTC, or `null`. Reads:
 * - ISO 8601 and what databases make of it: with a blank for the T, with UTC, with any form of
 *   offset; without a zone it is UTC
 * - RFC 1123, RFC 850, asctime, and JavaScript's own texts
 * - epoch numbers, also as texts: seconds, milliseconds, microseconds or nanoseconds
 * - `{ seconds, nanoseconds }` and `{ _seconds }` of Google's services, and MongoDB's `{ $date }`
 */
export function toIsoTime(value: unknown): string | null {
	const time = toEpochMs(value);
	return time === null || !isSane(time) ? null : new Date(time).toISOString();
}

function isSane(epochMs: number): boolean {
	return epochMs > 0 && epochMs < END_OF_TIME_MS;
}

function toEpochMs(value: unknown): number | null {
	if (typeof value === 'number') return epochNumber(value);
	if (typeof value === 'string') return epochText(value);
	if (value instanceof Date) return value.getTime();
	return typeof value === 'object' && value !== null ? epochObject({ ...value }) : null;
}

/** How many milliseconds the unit of an epoch number has; the first that gives a sane time is meant. */
const EPOCH_UNITS_MS = [1000, 1, 1e-3, 1e-6];

function epochNumber(value: number): number | null {
	const times = EPOCH_UNITS_MS.map((unit) => Math.round(value * unit));
	return times.find(isSane) ?? null;
}

const EPOCH_TEXT = /^\d{8,19}(?:\.\d{1,9})?$/;

function epochObject(value: Record<string, unknown>): number | null {
	const { $date: date, $numberLong: number } = value;
	if (typeof number === 'string') return epochText(number);
	if (typeof date === 'object' && date !== null) {
		return epochObject({ ...date, $date: undefined });
	}
	if (date !== undefined) return toEpochMs(date);
	const seconds = numberIn(value.seconds ?? value._seconds);
	const nanoseconds = numberIn(value.nanoseconds ?? value._nanoseconds ?? value.nanos ?? 0);
	const time = Math.floor(seconds * 1000 + nanoseconds / 1e6);
	return Number.isFinite(time) ? time : null;
}

/** An object cannot be made a number without asking it, which throws for some. */
function numberIn(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

/** What a text says of a point in time. Months count from 1. */
interface TimeParts {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	ms: number;
	/** The minutes that the zone is ahead of UTC. */
	offset: number;
}

const CLOCK =
	'(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?(?:\\s*(?<half>[ap]m))?';
/** An offset counts before the name that stands with it; of names alone, only those of UTC are sure. */
const ZONE =
	'(?:\\s*(?:(?<utc>z|utc|gmt|etc/utc)|(?:utc|gmt)?(?<offset>[+-]\\d{1,2}(?::?\\d{2})?(?::?\\d{2})?)(?:\\s*[a-z]{1,5})?))?(?:\\s*[([][^()[\\]]{0,60}[)\\]])?';
const WEEKDAY = '(?:[a-z]{3,9},?\\s+)?';
const MONTH_NAME = '(?<monthName>[a-z]{3,9})\\.?';

const FORMS: readonly RegExp[] = [
	// 2026-05-26, 2026-05-26T10:30:00Z, 2026/05/26 10:30:00.5 +00
	`(?<year>\\d{4})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})(?:(?:t|\\s+|,\\s*)${CLOCK}${ZONE})?`,
	// 20260526T103000Z, 20260526103000, 20260526
	'(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})t(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?' +
		ZONE,
	'(?<year>(?:19|20|21)\\d{2})(?<month>\\d{2})(?<day>\\d{2})(?:(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2}))?',
	// Tue, 26 May 2026 10:30:00 GMT; Tuesday, 26-May-26 10:30:00 GMT
	`${WEEKDAY}(?<day>\\d{1,2})[\\s-]+${MONTH_NAME},?[\\s-]+(?<year>\\d{4}|\\d{2})(?:,?\\s+${CLOCK}${ZONE})?`,
	// Tue May 26 2026 10:30:00 GMT+0000 (Coordinated Universal Time); May 26, 2026, 10:30 AM
	`${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})(?:(?:,?\\s+|\\s+at\\s+)${CLOCK}${ZONE})?`,
	// Tue May 26 10:30:00 2026
	`${WEEKDAY}${MONTH_NAME}\\s+(?<day>\\d{1,2})\\s+${CLOCK}${ZONE}\\s+(?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'));

const LONGEST_TEXT = 100;

function epochText(text: string): number | null {
	const trimmed = text.trim().replaceAll('\u2212', '-');
	if (trimmed.length > LONGEST_TEXT) return null;
	for (const form of FORMS) {
		const groups = form.exec(trimmed)?.groups;
		if (groups !== undefined) return timeOf(partsOf(groups));
	}
	return EPOCH_TEXT.test(trimmed) ? epochNumber(Number(trimmed)) : null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function partsOf(groups: Record<string, string | undefined>): TimeParts {
	const number = (name: string): number => Number(groups[name] ?? 0);
	const monthName = groups.monthName?.slice(0, 3).toLowerCase();
	return {
		year: number('year') + (groups.year?.length === 2 ? 2000 : 0),
		month: monthName === undefined ? number('month') : MONTHS.indexOf(monthName) + 1,
		day: number('day'),
		hour: hourOf(number('hour'), groups.half?.toLowerCase()),
		minute: number('minute'),
		second: number('second'),
		ms: Number((groups.fraction ?? '').slice(0, 3).padEnd(3, '0')),
		offset: offsetOf(groups.offset ?? '+0'),
	};
}

function hourOf(hour: number, half: string | undefined): number {
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return Number.NaN;
	return (hour % 12) + (half === 'pm' ? 12 : 0);
}

/** The minutes in an offset such as +2, +02, +0200, +02:00 or +02:00:00. */
function offsetOf(offset: string): number {
	const digits = offset.slice(1).replaceAll(':', '');
	const hours = Number(digits.slice(0, digits.length === 3 ? 1 : 2));
	const minutes = Number(digits.slice(digits.length === 3 ? 1 : 2).slice(0, 2) || 0);
	return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The time that the parts name; `null` where a calendar or a clock has no such one. */
function timeOf({ year, month, day, hour, minute, second, ms, offset }: TimeParts): number | null {
	const midnight = Date.UTC(year, month - 1, day);
	const date = new Date(midnight);
	const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	// A leap second is the 60th.
	const isClock = minute <= 59 && second <= 60 && Math.abs(offset) <= 18 * 60;
	if (!isDate || !isClock) return null;
	const ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
	return ofDay >= DAY_MS + 1000 ? null : midnight + ofDay - offset * MINUTE_MS;
}
