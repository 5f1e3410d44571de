import { ratio } from './cells';
import { highlightsOf } from './highlights';
import { OURS } from './peers';
import type { Results } from './results';

const WIDTH = 880;
const HEAD = 70;
const LINE = 16;
const GAP = 34;
const BAR = 10;
/** Where all is as with this package. */
const EVEN_X = 440;
/** The longest bars stand for this and all that is more, or for its inverse and all that is less. */
const MOST = 1_000;
const LONGEST = 370;
const LEFT_OF_LABEL = 6;

const STYLE = [
	'text{font:11px sans-serif;fill:#7d8590}',
	'.title{font-size:14px;font-weight:600}',
	'.end{text-anchor:end}',
	'.ours{fill:#ff6d5a}',
	'.peer{fill:#8b949e}',
	'line{stroke:#ff6d5a}',
].join('');

/**
 * The ratios to this package as bars from the line on which it stands: to the right, another takes more,
 * to the left, less. The scale is logarithmic; the colors are legible on light and dark pages.
 */
export function picture(results: Results): string {
	const [first] = results.peers;
	if (first === undefined) return '';
	const lines: string[] = [];
	let y = HEAD;
	for (const row of highlightsOf(results)) {
		const own = row.of(first)?.median;
		if (own === undefined) continue;
		lines.push(text(0, y, row.title, 'title'));
		const top = y;
		for (const peer of results.peers) {
			const value = row.of(peer)?.median;
			if (value === undefined) continue;
			y += LINE;
			const isOurs = OURS.some(({ id }) => id === peer.id);
			lines.push(text(10, y, peer.name), ...bar(y, value / own, isOurs), label(y, value, own));
		}
		lines.push(`<line x1="${EVEN_X}" y1="${top}" x2="${EVEN_X}" y2="${y + 4}"/>`);
		y += GAP;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img">`,
		'<title>Waiting for jobs in n8n: multiples of what this package takes</title>',
		`<style>${STYLE}</style>`,
		text(0, 20, 'Waiting for jobs in n8n, as multiples of this package', 'title'),
		text(0, 40, 'Left of the line is better, right of it worse; the scale is logarithmic'),
		...lines,
		'</svg>\n',
	].join('\n');
}

function bar(y: number, times: number, isOurs: boolean): string[] {
	const length = lengthOf(times);
	if (length === 0) return [];
	const x = Math.min(EVEN_X, EVEN_X + length);
	const kind = isOurs ? 'ours' : 'peer';
	return [
		`<rect class="${kind}" x="${x}" y="${y - BAR + 1}" width="${Math.abs(length)}" height="${BAR}"/>`,
	];
}

function label(y: number, value: number, own: number): string {
	const length = lengthOf(value / own);
	const x = EVEN_X + length + (length < 0 ? -LEFT_OF_LABEL : LEFT_OF_LABEL);
	return text(x, y, ratio(value, own), length < 0 ? 'end' : undefined);
}

/** Negative for less than this package takes. */
function lengthOf(times: number): number {
	const share = Math.log(times) / Math.log(MOST);
	return Math.round(LONGEST * Math.max(-1, Math.min(1, share)));
}

function text(x: number, y: number, content: string, kind?: string): string {
	const attribute = kind === undefined ? '' : ` class="${kind}"`;
	return `<text${attribute} x="${x}" y="${y}">${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
	return content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
