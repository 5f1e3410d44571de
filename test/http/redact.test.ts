import { redactSecrets } from '../../nodes/shared/http/redact';

const SECRET = 'k/ey+123';

describe('redactSecrets', () => {
	it.each([
		['in a text', `Key ${SECRET} is wrong`, 'Key [redacted] is wrong'],
		['more than once', `${SECRET} ${SECRET}`, '[redacted] [redacted]'],
		['URL-encoded', `?key=${encodeURIComponent(SECRET)}`, '?key=[redacted]'],
		['in Base64', `Basic ${Buffer.from(SECRET).toString('base64')}`, 'Basic [redacted]'],
		['deep inside', { a: [{ b: SECRET }] }, { a: [{ b: '[redacted]' }] }],
		['in a property name', { [SECRET]: 1 }, { '[redacted]': 1 }],
	])('replaces a secret %s', (_, value, expected) => {
		expect(redactSecrets(value, [SECRET])).toEqual(expected);
	});

	it('finds a secret that was saved with blanks around it', () => {
		expect(redactSecrets('Rejected: abcdef', [' abcdef\n'])).toBe('Rejected: [redacted]');
	});

	it('leaves no rest when one secret contains another', () => {
		expect(redactSecrets('abcdef', ['abcd', 'abcdef'])).toBe('[redacted]');
	});

	it.each([
		['nothing', []],
		['an empty secret', ['']],
	])('changes nothing for %s', (_, secrets) => {
		const value = { status: 'completed', n: 1, none: null };
		expect(redactSecrets(value, secrets)).toEqual(value);
	});

	it('spares words that a very short secret is part of', () => {
		expect(redactSecrets(['completed', 'com'], ['com'])).toEqual(['completed', '[redacted]']);
	});
});
