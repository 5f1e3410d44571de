import { ratio } from './cells';
import { highlightsOf } from './highlights';
import type { Results } from './results';

const WIDTH = 880;
const LABEL_WIDTH = 190;
const BAR = 14;
const GAP = 30;
const TOP = 60;
/** The longest bar stands for this and all that is more, and the shortest for its inverse. */
const MOST = 100;
const ROOM = WIDTH - LABEL_WIDTH - 90;

/**
 * The ratios to this package as bars on a logarithmic scale: longer is worse. Its colors are legible on
 * light and dark pages.
 */
export function picture(results: Results): string {
	const [ours, ...others] = results.peers;
	if (ours === undefined) return '';
	const peers = [ours, ...others];
	const lines: string[] = [];
	let y = TOP;
	for (const row of highlightsOf(results)) {
		const own = row.of(ours)?.median;
		if (own === undefined) continue;
		lines.push(text(0, y, row.title, 'title'));
		y += 8;
		for (const peer of peers) {
			const value = row.of(peer)?.median;
			if (value === undefined) continue;
			const kind = peer === ours ? 'ours' : 'peer';
			const length = barLength(value / own);
			lines.push(
				text(10, y + BAR - 3, peer.name, 'name'),
				`<rect class="${kind}" x="${LABEL_WIDTH}" y="${y}" width="${length}" height="${BAR - 3}"/>`,
				text(LABEL_WIDTH + length + 6, y + BAR - 3, ratio(value, own), 'name'),
			);
			y += BAR;
		}
		y += GAP;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img">`,
		'<title>Waiting for jobs in n8n, side by side: multiples of what this package takes</title>',
		'<style>text{font-family:sans-serif;fill:#7d8590}.title{font-size:14px;font-weight:600}.name{font-size:11px}.ours{fill:#ff6d5a}.peer{fill:#8b949e}</style>',
		text(0, 20, 'Waiting for jobs in n8n, as multiples of this package', 'title'),
		text(0, 38, 'One run on one machine; the scale is logarithmic, and shorter is better', 'name'),
		...lines,
		'</svg>\n',
	].join('\n');
}

function barLength(times: number): number {
	const share = Math.log(times * MOST) / Math.log(MOST * MOST);
	return Math.round(ROOM * Math.min(1, Math.max(0.005, share)));
}

function text(x: number, y: number, content: string, kind: string): string {
	return `<text class="${kind}" x="${x}" y="${y}">${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
	return content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
