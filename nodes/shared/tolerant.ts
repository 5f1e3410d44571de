import { z } from 'zod';

/*
 * Tolerant readers for single values of a provider's answer. None of them fails: a value that
 * cannot be read becomes `null`, so that one odd field never hides the status beside it.
 */

const SECONDS_LIMIT = 1e12;
const HAS_TIME_ZONE = /(z|[+-]\d{2}:?\d{2})$/i;

/**
 * A point in time as ISO 8601 in UTC, or `null`. Reads ISO texts (without a zone: UTC) and epoch
 * numbers, where values below 1e12 are seconds and others milliseconds.
 */
export function toIsoTime(value: unknown): string | null {
	const time = toEpochMs(value);
	if (time === null) return null;
	const date = new Date(time);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function toEpochMs(value: unknown): number | null {
	if (typeof value === 'number' && value > 0) {
		return value < SECONDS_LIMIT ? value * 1000 : value;
	}
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value.trim())) return null;
	const text = value.trim().replace(' ', 'T');
	return Date.parse(text.includes('T') && !HAS_TIME_ZONE.test(text) ? `${text}Z` : text);
}

/** A count of pages (a whole number from 0, also as digits in a text), or `null`. */
export function toCount(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A text that is not blank, trimmed; a number becomes its digits; anything else is `null`. */
export function toText(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	return value.trim() === '' ? null : value.trim();
}

/** zod fields for the readers above; they accept a missing field and never reject. */
export const isoTime = z.unknown().transform(toIsoTime);
export const count = z.unknown().transform(toCount);
export const text = z.unknown().transform(toText);

/** A text or number that has to be there, as an id has: the one field that rejects. */
export const requiredText = text.pipe(z.string());

/** An array whose elements are read by `element`; elements it rejects are left out. */
export function listOf<Element extends z.ZodTypeAny>(
	element: Element,
): z.ZodType<Array<z.output<Element>>, z.ZodTypeDef, unknown> {
	return z.unknown().transform((value): Array<z.output<Element>> => {
		if (!Array.isArray(value)) return [];
		return value.flatMap((entry: unknown) => {
			const result = element.safeParse(entry);
			return result.success ? [result.data as z.output<Element>] : [];
		});
	});
}
