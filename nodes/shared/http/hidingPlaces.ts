import { escapeAt, marksIn } from './escapes';
import type { Needles } from './needles';

/** Shorter places are given together until they have so many characters: to unescape each would cost more. */
const TOGETHER = 8_192;

/**
 * The parts of a text in which escapes can hide a needle: runs of letters that needles and escapes have,
 * long enough for a needle, with an escape for one of its letters; short ones in lines of one text. Each
 * is given once: what gave one for each of its escapes would do so again in every layer.
 * @param escapeIn reads the escape at a place
 */
export function* hidingPlaces(
	text: string,
	{ isLetter, shortest, words }: Needles,
	escapeIn = escapeAt,
): Iterable<string> {
	if (words !== null) {
		// Words begin and end at quotes too.
		yield text;
		return;
	}
	const nextMark = marksIn(text);
	let lines = '';
	/** The first from `start` on, or one before it. */
	let mark = nextMark(0);
	/** No run begins before it, and goes on behind it. */
	let start = 0;
	for (;;) {
		const reach = Math.max(mark, start + shortest - 1);
		if (reach >= text.length) break;
		// Backwards from where a run has to reach at least: most do not get there.
		let at = reach;
		while (at >= start && isLetter(text.charCodeAt(at))) at--;
		if (at >= start) {
			start = at + 1;
			continue;
		}
		let end = reach + 1;
		while (end < text.length && isLetter(text.charCodeAt(end))) end++;
		const run = text.slice(start, end);
		mark = nextMark(start);
		start = end + 1;
		if (!hasEscape(mark, end)) continue;
		// As it is, since a copy of a large one would take as much memory again.
		if (run.length >= TOGETHER) yield run;
		else lines += `${run}\n`;
		if (lines.length < TOGETHER) continue;
		yield lines;
		lines = '';
	}
	yield lines;

	function hasEscape(from: number, to: number): boolean {
		for (let at = from; at < to; at = nextMark(at + 1)) {
			const escape = escapeIn(text, at);
			if (escape !== null && isLetter(escape.code)) return true;
		}
		return false;
	}
}
