import { escapeAt, isMark, marksIn } from './escapes';
import type { Needles } from './needles';

/** Shorter places are given together until they have so many characters: to unescape each would cost more. */
const TOGETHER = 8_192;
/** In so many characters from its mark on, an escape ends, with all escapes that it is a part of. */
const LONGEST_ESCAPE = 50;

/**
 * The parts of a text in which escapes can hide a needle: runs of letters that needles and escapes have,
 * long enough for a needle, with an escape for one of its letters; short ones in lines of one text. Each
 * is given once: what gave one for each of its escapes would do so again in every layer. Of long ones,
 * only what needles can reach into: copies of them in every layer would take many times their memory.
 * @param escapeIn reads the escape at a place
 */
export function* hidingPlaces(
	text: string,
	{ isLetter, shortest, longest, words }: Needles,
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
		const runStart = start;
		mark = nextMark(start);
		start = end + 1;
		if (end - runStart >= TOGETHER) yield* aroundEscapes(runStart, end);
		else if (hasEscape(mark, end)) lines += `${text.slice(runStart, end)}\n`;
		if (lines.length < TOGETHER) continue;
		yield lines;
		lines = '';
	}
	yield lines;

	/** The parts of a run that needles with an escape can reach into. */
	function* aroundEscapes(runStart: number, runEnd: number): Iterable<string> {
		const reach = longest + LONGEST_ESCAPE;
		let from = mark;
		while (mark < runEnd) {
			let last = Math.min(mark + longest + reach, runEnd - 1);
			while (last > mark && !isMark(text.charCodeAt(last))) last--;
			if (last > mark) {
				mark = last;
				continue;
			}
			yield text.slice(Math.max(from - longest, runStart), Math.min(mark + reach, runEnd));
			mark = nextMark(mark + 1);
			from = mark;
		}
	}

	function hasEscape(from: number, to: number): boolean {
		for (let at = from; at < to; at = nextMark(at + 1)) {
			const escape = escapeIn(text, at);
			if (escape !== null && isLetter(escape.code)) return true;
		}
		return false;
	}
}
