import { InvalidInputError } from '../errors';

const HALF_CHARACTER = /\p{Surrogate}/u;

/**
 * A path whose inserted parts are URL-encoded: apiPath`/v1/crawl/${jobId}`.
 * @throws {InvalidInputError} for a part that is empty, a dot segment, which a URL parser would resolve even
 * when encoded, or that has half a character, which has no code there
 */
export function apiPath(strings: TemplateStringsArray, ...parts: string[]): string {
	return strings.reduce((path, piece, index) => {
		const part = parts[index - 1] ?? '';
		if (part === '' || part === '.' || part === '..' || HALF_CHARACTER.test(part)) {
			throw new InvalidInputError(
				`"${part}" cannot be used as an ID in the address ${strings.join('…')}`,
				'Check the IDs in the node, and enter each as the provider shows it.',
			);
		}
		return path + encodeURIComponent(part) + piece;
	});
}
