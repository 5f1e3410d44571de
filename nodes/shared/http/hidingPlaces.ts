import { escapeAt, marksIn } from './escapes';
import type { Needles } from './needles';

/** Places are given together until they have so many characters: to unescape each alone would cost more. */
const TOGETHER = 8_192;

/**
 * The parts of a text in which escapes can hide a needle, a line for each, many at a time: those without
 * a letter that neither a needle nor an escape has, if they are long enough and an escape for a letter of
 * a needle is in them. Each is given once: what gave one for each of its escapes would do so again in
 * every layer.
 */
export function* hidingPlaces(
	text: string,
	{ isLetter, shortest, words }: Needles,
): Iterable<string> {
	if (words !== null) {
		// Words begin and end at quotes too.
		yield text;
		return;
	}
	const nextMark = marksIn(text);
	let places = '';
	/** The first in a place that begins at `start`, or one before it. */
	let mark = nextMark(0);
	/** No place begins before it, and goes on behind it. */
	let start = 0;
	for (;;) {
		const reach = Math.max(mark, start + shortest - 1);
		if (reach >= text.length) break;
		// Backwards from where a place has to reach at least: most do not get there.
		let at = reach;
		while (at >= start && isLetter(text.charCodeAt(at))) at--;
		if (at >= start) {
			start = at + 1;
			continue;
		}
		mark = nextMark(start);
		if (mark > reach) continue;
		let end = reach + 1;
		while (end < text.length && isLetter(text.charCodeAt(end))) end++;
		if (hasEscape(mark, end)) places += `${text.slice(start, end)}\n`;
		start = end + 1;
		if (places.length < TOGETHER) continue;
		yield places;
		places = '';
	}
	yield places;

	function hasEscape(from: number, to: number): boolean {
		for (let at = from; at < to; at = nextMark(at + 1)) {
			const escape = escapeAt(text, at);
			if (escape !== null && isLetter(escape.code)) return true;
		}
		return false;
	}
}
