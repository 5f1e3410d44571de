import * as escapes from '../../nodes/shared/http/escapes';
import { MAX_LAYERS } from '../../nodes/shared/http/needles';
import { redactor } from '../../nodes/shared/http/redact';

const KEY = 'gn7c1f5aZq90e2b8';
const LENGTH = 100_000;

/** As text is escaped, with each of its escapes escaped again. */
const escapedAgain = (text: string) =>
	text.replace(/[%\\&]/g, (mark) => ({ '%': '%25', '\\': '\\\\' })[mark] ?? '&amp;');

const ONCE = '%41\\x41&#65;';

const UNITS: ReadonlyArray<[string, string]> = [
	['escapes', ONCE],
	['escapes within escapes', escapedAgain(ONCE)],
	['escapes as deep as they are looked for', escapedAgain(escapedAgain(escapedAgain(ONCE)))],
	['escapes of quotes', '\\"'],
	['signs that begin an escape', '%\\&'],
	['entities that do not end', '&equals'],
	['numbers without digits', '&#x%\\u'],
	['what a key begins with', KEY.slice(0, -1)],
	['what a key begins with, escaped', `%67${KEY.slice(1, -1)}`],
];

afterEach(() => jest.restoreAllMocks());

describe.each(UNITS)('a text of %s', (_, unit) => {
	const text = unit.repeat(LENGTH / unit.length);

	it('has no key in it', () => {
		const ofKey = redactor([KEY]);
		expect(ofKey.finds(text)).toBe(false);
		expect(ofKey.redactText(text)).toBe(text);
	});

	it('does not hide a key that stands behind it', () => {
		expect(redactor([KEY]).finds(`${text}"${encodeURIComponent(KEY)}`)).toBe(true);
	});

	it('is unescaped once for each layer, however many escapes it has', () => {
		const unescapeText = jest.spyOn(escapes, 'unescapeText');
		redactor([KEY]).finds(text);
		const unescaped = unescapeText.mock.calls.reduce((sum, [part]) => sum + part.length, 0);
		expect(unescaped).toBeLessThanOrEqual((MAX_LAYERS + 1) * text.length);
	});
});
