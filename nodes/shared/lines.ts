import { InvalidInputError, requireWebAddress } from './identifiers';

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
