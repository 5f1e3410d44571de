import { escapeAt, JSON_MARKS, jsonEscapeAt, unescapeText } from './escapes';
import { hidingPlaces } from './hidingPlaces';
import { MAX_LAYERS, needlesOf, type Needles } from './needles';

export const REDACTED = '[redacted]';

/** Takes the secrets that it was made for out of what a server has sent. */
export interface Redactor {
	/** Whether the text of a JSON body holds one of the secrets, in any spelling. */
	finds(json: string): boolean;
	/**
	 * Takes them out of a JSON value: of texts and property names, at any depth. In place, since copies
	 * of objects with numbers for names can take a thousand times the memory.
	 */
	redact(value: unknown): unknown;
	/** A text without them. */
	redactText(text: string): string;
}

/**
 * Servers do repeat what they were sent, in error messages above all. Each secret is found as it
 * is, without the "Bearer" before it, in Base64 (also as a part of what was encoded), in hexadecimal
 * digits, and escaped as URLs, forms, JSON and HTML do it, up to three times over.
 *
 * A key is long and looks like nothing else, so it is taken out wherever it stands. A short or
 * ordinary word that serves as one is taken out where it stands as a whole word or value, but not
 * where it is an id, a status or the name of a property: those have to stay readable.
 */
export function redactor(secrets: readonly string[]): Redactor {
	const needles = needlesOf(secrets);
	const all: Matcher = (text) => rangesOf(text, needles, MAX_LAYERS);
	const keysOnly: Matcher = (text) => rangesOf(text, { ...needles, words: null }, MAX_LAYERS);
	return {
		finds: (json) => isAnyInJson(json, needles),
		redact: (value) => redactValue(value, all, keysOnly),
		redactText: (text) => cutOut(text, all(text)),
	};
}

type Range = readonly [from: number, to: number];
type Matcher = (text: string) => Range[];

/**
 * Whether {@link rangesOf} finds anything in a text of a JSON body. JSON's escapes are read before all
 * others, as a parser does, since they can be a part of them.
 */
function isAnyInJson(json: string, needles: Needles): boolean {
	if (needles.isKeyIn(json)) return true;
	const escapeIn = (text: string, at: number) => jsonEscapeAt(text, at) ?? escapeAt(text, at);
	for (const places of hidingPlaces(json, needles, escapeIn)) {
		const text = unescapeText(places, jsonEscapeAt, JSON_MARKS)?.text ?? places;
		if (isAnyIn(text, needles, MAX_LAYERS)) return true;
	}
	return false;
}

/** Whether {@link rangesOf} finds anything: in most texts there is nothing, which this tells faster. */
function isAnyIn(text: string, needles: Needles, layers: number): boolean {
	const { isKeyIn, words } = needles;
	if (isKeyIn(text)) return true;
	if (words !== null && text.search(words) >= 0) return true;
	if (layers === 0) return false;
	for (const places of hidingPlaces(text, needles)) {
		const unescaped = unescapeText(places);
		if (unescaped !== null && isAnyIn(unescaped.text, needles, layers - 1)) return true;
	}
	return false;
}

/** Where the needles stand in a text, and in what it means when it is unescaped. */
function rangesOf(text: string, needles: Needles, layers: number): Range[] {
	const ranges: Range[] = [];
	if (needles.words === null && text.length < needles.shortest) return ranges;
	for (const key of needles.keys) collect(ranges, text, key, (from, to) => [from, to]);
	for (const part of needles.encoded) {
		collect(ranges, text, part, (from, to) => aroundBase64(text, from, to));
	}
	if (needles.words !== null) {
		for (const match of text.matchAll(needles.words)) {
			ranges.push([match.index, match.index + match[0].length]);
		}
	}
	if (layers === 0) return ranges;
	const unescaped = unescapeText(text);
	if (unescaped === null) return ranges;
	const inner = rangesOf(unescaped.text, needles, layers - 1);
	if (inner.length === 0) return ranges;
	const place = unescaped.places();
	return ranges.concat(inner.map(([from, to]) => [place(from), place(to)]));
}

function collect(
	ranges: Range[],
	text: string,
	needle: string,
	toRange: (from: number, to: number) => Range,
): void {
	let from = 0;
	for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, from)) {
		const range = toRange(at, at + needle.length);
		ranges.push(range);
		// What lies in a range is cut out with it; the next can begin in it and end behind it.
		from = Math.max(at + needle.length, range[1] - needle.length + 1);
	}
}

const BASE64 = /[A-Za-z0-9+/_=-]/;

/** More than this around a key in Base64 is no header any more. */
const MAX_AROUND = 400;

function aroundBase64(text: string, from: number, to: number): Range {
	let start = from;
	let end = to;
	while (start > 0 && from - start < MAX_AROUND && BASE64.test(text.charAt(start - 1))) start--;
	while (end < text.length && end - to < MAX_AROUND && BASE64.test(text.charAt(end))) end++;
	return [start, end];
}

/** Replaces the ranges, and what lies between two that overlap, each by one mark. */
function cutOut(text: string, ranges: readonly Range[]): string {
	if (ranges.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	let isCut = false;
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
		if (to <= done) continue;
		if (from > done || !isCut) parts.push(text.slice(done, Math.max(from, done)), REDACTED);
		done = to;
		isCut = true;
	}
	return parts.join('') + text.slice(done);
}

/** Properties whose values are read, not shown: `id`, `jobId`, `urlIds`, `status`, `rawStatus` … */
const NAMES_OF_IDS = /(?:^|_)(?:ids?|status|state)$|(?:Ids?|Status|State)$/;

function redactValue(value: unknown, matcher: Matcher, keysOnly: Matcher): unknown {
	if (typeof value === 'string') return cutOut(value, matcher(value));
	if (Array.isArray(value)) {
		value.forEach((entry: unknown, at) => {
			value[at] = redactValue(entry, matcher, keysOnly);
		});
	} else if (typeof value === 'object' && value !== null) {
		redactFields(value as Record<string, unknown>, matcher, keysOnly);
	}
	return value;
}

function redactFields(fields: Record<string, unknown>, matcher: Matcher, keysOnly: Matcher): void {
	for (const [name, entry] of Object.entries(fields)) {
		const publicName = cutOut(name, keysOnly(name));
		if (publicName !== name) Reflect.deleteProperty(fields, name);
		const isId = NAMES_OF_IDS.test(name) && isTextOrTexts(entry);
		fields[publicName] = redactValue(entry, isId ? keysOnly : matcher, keysOnly);
	}
}

function isTextOrTexts(value: unknown): boolean {
	const values: unknown[] = Array.isArray(value) ? value : [value];
	return values.every((entry) => typeof entry === 'string');
}
