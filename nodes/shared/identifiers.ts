import { AdvisedError } from './advisedError';

/** A value the user gave cannot be used. The message says which one, the advice what to give. */
export class InvalidInputError extends AdvisedError {
	override readonly name = 'InvalidInputError';
}

const MAX_ID_LENGTH = 256;
// No provider's ids hold these; in a URL they would change its meaning.
const FORBIDDEN_IN_ID = /[\s\\/?#%\p{Cc}]/u;

/**
 * The id a user or an expression gave, trimmed.
 * @param label the field's display name, for the error
 * @throws {InvalidInputError} when it is missing, not a text or number, or holds a character that could leave its place in a URL
 */
export function requireId(value: unknown, label: string): string {
	const id = optionalId(value, label);
	if (id === '') {
		throw new InvalidInputError(
			`${label} is missing`,
			`Fill in ${label}, or make sure that its expression finds a value in the input item.`,
		);
	}
	return id;
}

/** Like {@link requireId}, but a missing value is fine and gives an empty text. */
export function optionalId(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	const id = typeof value === 'number' ? String(value) : value;
	const isUsable =
		typeof id === 'string' &&
		id.length <= MAX_ID_LENGTH &&
		!FORBIDDEN_IN_ID.test(id.trim()) &&
		!['.', '..'].includes(id.trim());
	if (!isUsable) {
		throw new InvalidInputError(
			`${label} is malformed: ${shown(value)}`,
			`Give the id alone, as the provider shows it: no URL, no spaces, none of / \\ ? # %.`,
		);
	}
	return id.trim();
}

function shown(value: unknown): string {
	if (typeof value !== 'string')
		return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
	return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
}

/**
 * The http(s) address a user gave, trimmed.
 * @throws {InvalidInputError} when it is missing or something else
 */
export function requireWebAddress(value: unknown, label: string): string {
	const address = typeof value === 'string' ? value.trim() : '';
	const protocol = URL.canParse(address) ? new URL(address).protocol : '';
	if (protocol === 'http:' || protocol === 'https:') return address;
	throw new InvalidInputError(
		`${label} is not a web address`,
		`Give ${label} as a whole address, such as https://example.com.`,
	);
}

/**
 * A path whose inserted parts are URL-encoded: apiPath`/v1/crawl/${jobId}`.
 * @throws {InvalidInputError} for a part that is empty or a dot segment, which a URL parser would resolve even when encoded
 */
export function apiPath(strings: TemplateStringsArray, ...parts: string[]): string {
	return strings.reduce((path, piece, index) => {
		const part = parts[index - 1] ?? '';
		if (part === '' || part === '.' || part === '..') {
			throw new InvalidInputError(
				`"${part}" cannot stand in the address ${strings.join('…')}`,
				'Give the id as the provider shows it.',
			);
		}
		return path + encodeURIComponent(part) + piece;
	});
}
