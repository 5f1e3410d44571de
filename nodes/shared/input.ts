import { InvalidInputError } from './errors';

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
 * The entries of a list that the user typed one per line, or that an expression gives as an array:
 * trimmed, without blank ones and repeats.
 */
export function readLines(value: unknown): string[] {
	const entries = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/\r?\n/);
	return [...new Set(entries.map((entry) => entry.trim()).filter((entry) => entry !== ''))];
}

/**
 * The http(s) addresses of such a list, at least one.
 * @param label the field's display name, for the error
 * @throws {InvalidInputError} when there is none, or one is something else
 */
export function requireWebAddresses(value: unknown, label: string): string[] {
	const lines = readLines(value);
	if (lines.length === 0) {
		throw new InvalidInputError(
			`${label} is missing`,
			`Fill in ${label}, one address per line, or make sure that its expression finds a list.`,
		);
	}
	return lines.map((line, index) => requireWebAddress(line, `Entry ${index + 1} of ${label}`));
}
