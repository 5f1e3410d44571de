/**
 * The order of ids, words and ISO times, by their codes. That of a language takes quadratic time for
 * texts of some alphabets, which a server can make as long as it likes.
 */
export function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}
