/*
 * Secrets that are planted, what servers make of them, and how they are looked for. Each begins and
 * ends with a part of letters and digits alone that stands nowhere else, so that a secret is also
 * found where it was cut, escaped in some way that nobody has thought of, or put into lower case.
 */

/** A secret, and its parts by which it is found. */
export interface Planted {
	value: string;
	parts: [string, string];
}

/** A new secret, with characters in its middle that every encoding writes in its own way. */
export function plant(name: string): Planted {
	const parts: [string, string] = [`q7Zx${name}9Kw2Vb`, `h4Tn${name}6Rj8Lf`];
	return { value: parts.join('+/"&%3D<\\'), parts };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const eachChar = (text: string, write: (code: number) => string) =>
	[...text].map((char) => write(char.charCodeAt(0))).join('');
const hex = (code: number, length = 2) => code.toString(16).padStart(length, '0');

/** What servers make of a secret that they repeat. */
export const SPELLINGS: ReadonlyArray<(secret: string) => string> = [
	(secret) => secret,
	(secret) => `Bearer ${secret}`,
	encodeURIComponent,
	(secret) => encodeURIComponent(encodeURIComponent(secret)),
	(secret) => eachChar(secret, (code) => `%${hex(code)}`),
	(secret) => eachChar(secret, (code) => `%${hex(code).toUpperCase()}`),
	(secret) => JSON.stringify({ key: secret }),
	(secret) => JSON.stringify(JSON.stringify({ key: secret })),
	(secret) => eachChar(secret, (code) => `\\u${hex(code, 4)}`),
	(secret) => eachChar(secret, (code) => `&#${code};`),
	(secret) => eachChar(secret, (code) => `&#x${hex(code)};`),
	(secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
	base64,
	(secret) => base64(`Bearer ${secret}`),
	(secret) => base64(`me:${secret}`),
	(secret) => base64(JSON.stringify({ k: secret })),
	(secret) => Buffer.from(`x${secret}`).toString('base64url'),
	(secret) => encodeURIComponent(base64(secret)),
	(secret) => Buffer.from(secret).toString('hex'),
	(secret) => Buffer.from(secret).toString('hex').toUpperCase(),
];

/** The texts by which a part is found, in lower case and without backslashes. */
function tracesOf(part: string): string[] {
	const inBase64 = [0, 1, 2].map((offset) => {
		const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(part)]);
		const whole = Math.floor((bytes.length * 8) / 6);
		return bytes.toString('base64').slice(Math.ceil((offset * 4) / 3), whole);
	});
	return [
		part,
		...inBase64,
		Buffer.from(part).toString('hex'),
		eachChar(part, (code) => `%${hex(code)}`),
		eachChar(part, (code) => `%25${hex(code)}`),
		eachChar(part, (code) => `u${hex(code, 4)}`),
		eachChar(part, (code) => `&#${code};`),
		eachChar(part, (code) => `&#x${hex(code)};`),
	].map((trace) => trace.toLowerCase());
}

/** Looks for planted secrets. */
export class Finder {
	private readonly traces: ReadonlyArray<{ name: string; trace: string }>;

	constructor(secrets: Readonly<Record<string, Planted>>) {
		this.traces = Object.entries(secrets).flatMap(([name, { parts }]) =>
			parts.flatMap(tracesOf).map((trace) => ({ name, trace })),
		);
	}

	/** The names of the secrets of which there is a trace, each with what is around it. */
	find(content: string | Buffer): string[] {
		const text = typeof content === 'string' ? content : content.toString('latin1');
		const hay = text.toLowerCase().replaceAll('\\', '');
		return this.traces.flatMap(({ name, trace }) => {
			const at = hay.indexOf(trace);
			return at < 0 ? [] : [`${name}: ${hay.slice(Math.max(0, at - 80), at + 40)}`];
		});
	}
}
