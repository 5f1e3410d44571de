/** The length of the parts by which needles are recognized, less than that of any needle. */
const PART_LENGTH = 4;
/** Many more than all needles have parts, so that few other texts have the number of one. */
const PART_NUMBERS = 1 << 16;
/** Spreads the parts over these numbers (Knuth, The Art of Computer Programming, 6.4: 2^32 by the golden ratio). */
const SPREAD = 0x9e3779b1;

/**
 * Makes a search for any of the needles that looks at a few places of a text only, so far from each
 * other that none of the needles fits in between. Where there stands what can be a part of one, it
 * looks closer.
 */
export function searchFor(needles: readonly string[]): (text: string) => boolean {
	const step = shortestOf(needles) - PART_LENGTH + 1;
	const longest = longestOf(needles);
	const isPart = new Uint8Array(PART_NUMBERS);
	for (const needle of needles) {
		for (let at = 0; at <= needle.length - PART_LENGTH; at++) isPart[partNumber(needle, at)] = 1;
	}
	return (text) => {
		let lookedUpTo = 0;
		for (let at = step - 1; at <= text.length - PART_LENGTH; at += step) {
			if (isPart[partNumber(text, at)] === 0 || at + longest <= lookedUpTo) continue;
			// Further than what is here can reach: a text full of such parts is looked at three times.
			lookedUpTo = at + 2 * longest;
			const around = text.slice(Math.max(0, at - longest), lookedUpTo);
			if (needles.some((needle) => around.includes(needle))) return true;
		}
		return false;
	};
}

/** A number for the part of a text that begins at a place. */
function partNumber(text: string, at: number): number {
	const letters =
		text.charCodeAt(at) ^
		(text.charCodeAt(at + 1) << 8) ^
		(text.charCodeAt(at + 2) << 16) ^
		(text.charCodeAt(at + 3) << 24);
	return Math.imul(letters, SPREAD) >>> 16;
}

export function shortestOf(values: readonly string[]): number {
	return Math.min(...values.map(({ length }) => length));
}

export function longestOf(values: readonly string[]): number {
	return Math.max(...values.map(({ length }) => length));
}
