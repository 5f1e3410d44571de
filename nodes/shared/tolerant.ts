import { z } from 'zod/v3';

import { toIsoTime } from './time';

/*
 * Tolerant readers for single values of a provider's answer. None of them fails: a value that
 * cannot be read becomes `null`, so that one odd field never hides the status beside it.
 */

export { toIsoTime };

/** A count of pages (a whole number from 0, also as digits in a text), or `null`. */
export function toCount(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** An amount that can have a fraction (from 0, also as digits in a text), or `null`. */
export function toAmount(value: unknown): number | null {
	const isText = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value.trim());
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
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
export const amount = z.unknown().transform(toAmount);
export const text = z.unknown().transform(toText);

/**
 * A provider's word for a status, as it is spelt; `null` where there is none, or something that is
 * no word.
 */
export const statusWord = z
	.unknown()
	.transform((value): string | null => (typeof value === 'string' ? value : null));

/** A text or number that has to be there, as an id has: the one field that rejects. */
export const requiredText = text.pipe(z.string());

/** An array of anything; `null` counts as an empty one. */
export const anyEntries = z
	.array(z.unknown())
	.nullable()
	.transform((value) => value ?? []);

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
