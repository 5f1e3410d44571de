import { toIsoTime } from './time';

/*
 * Tolerant readers for a provider's answers. None of them fails: a value that cannot be read becomes
 * `null`, so that one odd field never hides the status beside it.
 */

/** Reads a value of an answer, which can be anything. */
export type Reader<Value> = (value: unknown) => Value;

/** What a reader gives where it can read. */
export type Reading<Read extends Reader<unknown>> = NonNullable<ReturnType<Read>>;

export { toIsoTime };

/** A count of pages (a whole number from 0, also as digits in a text), or `null`. */
export function toCount(value: unknown): number | null {
	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
		? withoutMinusZero(number)
		: null;
}

/** An amount that can have a fraction (from 0, also as digits in a text), or `null`. */
export function toAmount(value: unknown): number | null {
	const isText = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value.trim());
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0
		? withoutMinusZero(number)
		: null;
}

/** JSON can be read as `-0`, which it cannot be written as. */
export function withoutMinusZero(number: number): number {
	return number === 0 ? 0 : number;
}

/** A text that is not blank, trimmed; a number becomes its digits; anything else is `null`. */
export function toText(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	return value.trim() === '' ? null : value.trim();
}

/** A text just as it is spelt, such as a provider's word for a status; anything else is `null`. */
export function toExactText(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

/** Whatever it is: for fields that are looked at later, or only in some cases. */
export function asItIs(value: unknown): unknown {
	return value;
}

/** An object as JSON has them, and so no list; anything else is `null`. */
export function toObject(value: unknown): Readonly<Record<string, unknown>> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: null;
}

/** A list of anything, where `null` counts as an empty one; anything else is `null`. */
export function toEntries(value: unknown): readonly unknown[] | null {
	if (value === null) return [];
	return Array.isArray(value) ? value : null;
}

/** A field of an object. What the object has not itself but from its prototype is no field. */
export function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined;
}

/** The first text or number under one of the names, at the top of an answer or in its `data`. */
export function findId(body: unknown, names: readonly string[]): string | null {
	const places = [body, fieldOf(body, 'data')];
	const ids = places.flatMap((place) => names.map((name) => toText(fieldOf(place, name))));
	return ids.find((id) => id !== null) ?? null;
}

/** All fields of an object. To code that copies them, one named `__proto__` would be the prototype. */
export function fieldsOf(value: object): Array<[name: string, value: unknown]> {
	return Object.entries(value).filter(([name]) => name !== '__proto__');
}

type Fields<Readers extends Record<string, Reader<unknown>>> = {
	[Name in keyof Readers]: ReturnType<Readers[Name]>;
};

type WithRequired<Value, Name extends keyof Value> = Omit<Value, Name> & {
	[Key in Name]: Exclude<Value[Key], null>;
};

/**
 * Reads an object, each of the named fields with its own reader; a field that is missing is read as
 * `undefined`.
 * @param required the fields without which the whole is nothing, as a list's entry without an id
 * @returns a reader that gives `null` for what is no object, or lacks what is required
 */
export function objectOf<
	Readers extends Record<string, Reader<unknown>>,
	Name extends keyof Readers = never,
>(readers: Readers, ...required: Name[]): Reader<WithRequired<Fields<Readers>, Name> | null> {
	const fields = Object.entries(readers);
	return (value) => {
		const object = toObject(value);
		if (object === null) return null;
		const read: Record<string, unknown> = {};
		for (const [name, reader] of fields) read[name] = reader(fieldOf(object, name));
		const isWhole = required.every((name) => read[name as string] !== null);
		return isWhole ? (read as WithRequired<Fields<Readers>, Name>) : null;
	};
}

/** What `reader` reads of an object, and behind it whatever else the object has, as it is. */
export function withRest<Value extends object>(
	reader: Reader<Value | null>,
): Reader<(Value & Record<string, unknown>) | null> {
	return (value) => {
		const read = reader(value);
		if (read === null) return null;
		const rest = fieldsOf(toObject(value) ?? {}).filter(([name]) => !IS_NUMBER.test(name));
		return { ...read, ...Object.fromEntries(rest), ...read };
	};
}

/** No provider has such a name, and an object can keep room for as many others as it says. */
const IS_NUMBER = /^\d+$/;

/** What `reader` reads where it fits; else `null`. */
export function onlyIf<Value>(
	reader: Reader<Value | null>,
	fits: (value: Value) => boolean,
): Reader<Value | null> {
	return (value) => {
		const read = reader(value);
		return read !== null && fits(read) ? read : null;
	};
}

/** Reads a list, and leaves out the elements that `element` gives `null` for. No list is an empty one. */
export function listOf<Value>(element: Reader<Value | null>): Reader<Value[]> {
	return (value) => {
		if (!Array.isArray(value)) return [];
		return value.map(element).filter((read) => read !== null) as Value[];
	};
}

/** Reads a list of which every element counts: `null` where `element` gives it for one of them. */
export function wholeListOf<Value>(element: Reader<Value | null>): Reader<Value[] | null> {
	const list = listOf(element);
	return (value) => {
		if (!Array.isArray(value)) return null;
		const read = list(value);
		return read.length === value.length ? read : null;
	};
}
