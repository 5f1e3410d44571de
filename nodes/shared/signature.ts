import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Compares two texts in constant time. An empty one equals nothing, not even another one. */
export function equalSecrets(one: string, other: string): boolean {
	const isEqual = timingSafeEqual(digestOf(one), digestOf(other));
	return isEqual && one !== '';
}

function digestOf(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/**
 * Whether one of the texts is the HMAC-SHA256 of a content, in hexadecimal digits, Base64 or Base64url.
 * Compares in constant time, and reads the content once: a stranger can send as many texts as fit into
 * a header.
 */
export function isHmac(texts: readonly string[], key: string | Buffer, content: Buffer): boolean {
	const expected = createHmac('sha256', key).update(content).digest();
	return texts.some((text) => {
		const encoding = /^[\da-f]{64}$/i.test(text) ? 'hex' : 'base64';
		const given = Buffer.from(text, encoding);
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
}
