import { redactor } from '../../nodes/shared/http/redact';

const redactSecrets = (value: unknown, secrets: readonly string[]) =>
	redactor(secrets).redact(value);

const SECRET = 'k/ey+"12<3&é%4-Zq8w';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const percent = (text: string) =>
	[...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const jsonEscaped = (text: string) =>
	[...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const htmlEscaped = (text: string, base: 10 | 16) =>
	[...text]
		.map((char) => `&#${base === 16 ? 'x' : ''}${char.charCodeAt(0).toString(base)};`)
		.join('');
const htmlNamed = SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** What servers make of a key that they repeat. */
const SPELLINGS: ReadonlyArray<[string, string]> = [
	['as it is', SECRET],
	['behind Bearer', `Bearer ${SECRET}`],
	['URL-encoded', encodeURIComponent(SECRET)],
	['URL-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, (x) => x.toLowerCase())],
	['with every character URL-encoded', percent(SECRET)],
	['URL-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
	['form-encoded', new URLSearchParams({ key: SECRET }).toString().slice(4)],
	['in a JSON text', JSON.stringify(SECRET).slice(1, -1)],
	['in a JSON text within a JSON text', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
	['in a JSON text as PHP writes it', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
	['in JSON escapes', jsonEscaped(SECRET)],
	[
		'in upper-case JSON escapes',
		jsonEscaped(SECRET).replace(/[0-9a-f]{4}/g, (x) => x.toUpperCase()),
	],
	['in HTML', htmlNamed],
	['in HTML numbers', htmlEscaped(SECRET, 10)],
	['in hexadecimal HTML numbers', htmlEscaped(SECRET, 16)],
	['in HTML within HTML', htmlNamed.replaceAll('&', '&amp;')],
	['in Base64', base64(SECRET)],
	['in Base64 without padding', base64(SECRET).replace(/=+$/, '')],
	['in Base64 behind Bearer', base64(`Bearer ${SECRET}`)],
	['in Base64 as a login', base64(`me:${SECRET}`)],
	['in Base64 within something', base64(`{"k":"${SECRET}","x":1}`)],
	['in Base64 within JSON', base64(JSON.stringify({ k: SECRET, x: 1 }))],
	['in Base64 within a form', base64(new URLSearchParams({ k: SECRET, x: '1' }).toString())],
	['in Base64 for URLs', base64url(SECRET)],
	['in Base64 for URLs behind Bearer', base64url(`Bearer ${SECRET}`)],
	['in Base64 that is URL-encoded', encodeURIComponent(base64(`Bearer ${SECRET}`))],
	['in hexadecimal digits', Buffer.from(SECRET).toString('hex')],
	['in upper-case hexadecimal digits', Buffer.from(SECRET).toString('hex').toUpperCase()],
];

describe('redact on a key', () => {
	it.each(SPELLINGS)('takes it out of a text %s', (_, spelling) => {
		expect(redactSecrets(`It is "${spelling}" now`, [SECRET])).toMatch(
			/^It is "(Bearer )?\[redacted\]" now$/,
		);
	});

	it.each(SPELLINGS)('takes it out of a value %s', (_, spelling) => {
		expect(redactSecrets([{ a: spelling }], [SECRET])).toEqual([
			{ a: expect.stringMatching(/^(Bearer )?\[redacted\]$/) },
		]);
	});

	it.each(SPELLINGS)('takes it out when it was saved with Bearer, and comes %s', (_, spelling) => {
		expect(redactSecrets(`<${spelling}>`, [`Bearer ${SECRET}`])).toMatch(
			/^<(Bearer )?\[redacted\]>$/,
		);
	});

	it.each([
		['more than once', `${SECRET} ${SECRET}`, '[redacted] [redacted]'],
		[
			'in an address',
			`https://x.test/?k=${encodeURIComponent(SECRET)}&n=1`,
			'https://x.test/?k=[redacted]&n=1',
		],
		['deep inside', { a: [{ b: SECRET }] }, { a: [{ b: '[redacted]' }] }],
		['in a property name', { [SECRET]: 1 }, { '[redacted]': 1 }],
		['in an id', { jobId: `x-${SECRET}` }, { jobId: 'x-[redacted]' }],
	])('takes it out %s', (_, value, expected) => {
		expect(redactSecrets(value, [SECRET])).toEqual(expected);
	});

	it('keeps what stands around it, escaped as it is', () => {
		expect(redactSecrets(`%41&amp;%42${encodeURIComponent(SECRET)}%43`, [SECRET])).toBe(
			'%41&amp;%42[redacted]%43',
		);
	});
});

describe('finds a key', () => {
	const keyFinder = { finds: (text: string) => redactor([SECRET]).finds(text) };

	it.each(SPELLINGS)('tells a key in the text of a JSON body %s', (_, spelling) => {
		expect(keyFinder.finds(JSON.stringify({ a: `"é" %20 &quot;${spelling}` }))).toBe(true);
	});

	it.each([
		['quotes and blanks', JSON.stringify({ a: '"é" %20 &quot; \n' })],
		['escapes of its letters', JSON.stringify({ a: '%6b%2fey \\u0041 &#x6b; &amp;' })],
		['all but its end', JSON.stringify({ a: SECRET.slice(0, -1) })],
		['a key that a quote parts', JSON.stringify({ a: `${SECRET.slice(0, 9)}"${SECRET.slice(9)}` })],
	])('finds none in %s', (_, text) => {
		expect(keyFinder.finds(text)).toBe(false);
	});

	it.each([
		['{"a":"docs"}', true],
		['{"a":"%22docs%22"}', true],
		['{"a":"/docs/"}', false],
	])('tells by what is around it whether a word stands alone: %s', (text, expected) => {
		expect(redactor(['docs']).finds(text)).toBe(expected);
	});
});

describe('redact', () => {
	it('finds a secret that was saved with blanks around it', () => {
		expect(redactSecrets('Rejected: abcdef', [' abcdef\n'])).toBe('Rejected: [redacted]');
	});

	it('leaves no rest when one secret contains another', () => {
		expect(redactSecrets('abcdef-12345', ['abcdef-1', 'abcdef-12345'])).toBe('[redacted]');
	});

	it.each([
		['nothing', []],
		['an empty secret', ['']],
		['a blank secret', [' \n']],
	])('changes nothing for %s', (_, secrets) => {
		const value = { status: 'completed', n: 1, none: null, escaped: '%20&amp;\\u0041' };
		expect(redactSecrets(value, secrets)).toEqual(value);
	});

	it('leaves a long text of escapes as it is', () => {
		const text = '%25&amp;\\u0041\\\\'.repeat(20_000);
		expect(redactSecrets(text, [SECRET])).toBe(text);
	});
});

describe('redact on a short or ordinary word', () => {
	const word = (text: string) => redactSecrets(text, ['docs']);

	it.each([
		['Wrong key: docs', 'Wrong key: [redacted]'],
		['Wrong key docs.', 'Wrong key [redacted].'],
		['"docs" is wrong', '"[redacted]" is wrong'],
		['X-Api-Key=docs&page=1', 'X-Api-Key=[redacted]&page=1'],
		['Bearer docs', 'Bearer [redacted]'],
		[base64('Bearer docs'), '[redacted]'],
		[base64('docs'), '[redacted]'],
		['%22docs%22', '%22[redacted]%22'],
	])('takes it out of "%s"', (text, expected) => {
		expect(word(text)).toBe(expected);
	});

	it.each([
		['docs-2024-05'],
		['my_docs'],
		['docsearch'],
		['https://docs.example.com/docs/start'],
		['/docs/'],
		['docs@example.com'],
		['docs.evolveum.com'],
	])('leaves "%s" as it is', (text) => {
		expect(word(text)).toBe(text);
	});

	it.each([
		[{ status: 'running' }],
		[{ rawStatus: 'running' }],
		[{ jobId: 'running' }],
		[{ session_id: 'running' }],
		[{ urlIds: ['running'] }],
		[{ running: 1 }],
	])('leaves ids, statuses and names of properties as they are: %j', (value) => {
		expect(redactSecrets(value, ['running'])).toEqual(value);
	});

	it.each([
		[{ status: { message: 'Key running is unknown' } }],
		[{ state: [{ message: 'Key running is unknown' }] }],
	])('takes it out of a text below such a name: %j', (value) => {
		expect(JSON.stringify(redactSecrets(value, ['running']))).toContain(
			'Key [redacted] is unknown',
		);
	});

	it.each([['com'], ['v1'], ['Production'], ['internal-docs'], ['TEST']])(
		'takes "%s" for one',
		(secret) => {
			expect(redactSecrets([`${secret}x`, `x${secret}`, secret], [secret])).toEqual([
				`${secret}x`,
				`x${secret}`,
				'[redacted]',
			]);
		},
	);
});
