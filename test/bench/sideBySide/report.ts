import { table } from '../table';
import { highlightsOf } from './highlights';
import { ratio, spreadCell, wholeSeconds } from './cells';
import type { PeerResults, Results } from './results';
import { rowsOf, type Row } from './rows';

/** The page with the tables: the ratios first, then the figures. */
export function report(results: Results): string {
	const { date, machine, versions, runs, isQuick, peers } = results;
	const rows = rowsOf(results);
	const parts = [
		'# Measurements',
		...(isQuick ? ['A quick run: its figures mean nothing.'] : []),
		`Written by \`npm run bench\` on ${date}: ${machine}; ${versions}. All in one run; medians of ${runs} runs, with the least and the most in parentheses. What is measured, and how, is in [What waiting costs](performance.md#side-by-side).`,
		peers.map(({ name, what }) => `- **${name}**: ${what}`).join('\n'),
		'## As multiples of this package',
		'Less is better; what another does better is in bold.',
		tableOf(peers, rows, ratioCell),
		'## Faults',
		faultTable(peers),
		...onN8nParts(results),
		'## Figures',
		tableOf(peers, rows, (row, peer) => {
			const spread = row.of(peer);
			return spread === null ? '–' : spreadCell(spread, row.format);
		}),
	];
	return `${parts.join('\n\n')}\n`;
}

/** The few rows of the page that explains them: the ratios, and behind them the figures. */
export function summary(results: Results): string {
	const { peers, date, machine, runs } = results;
	const both: Cell = (row, peer, ours) => {
		const value = row.of(peer);
		if (value === null) return '–';
		return `${ratioCell(row, peer, ours)} · ${row.format(value.median)}`;
	};
	return [
		`Measured on ${date} (${machine}), all in one run; medians of ${runs} runs. As multiples of this package, less is better, what another does better is in bold; behind each, the figure:`,
		tableOf(peers, highlightsOf(results), both),
		faultTable(peers),
		...onN8nParts(results),
	].join('\n\n');
}

type Cell = (row: Row, peer: PeerResults, ours: PeerResults) => string;

function tableOf(peers: readonly PeerResults[], rows: readonly Row[], cell: Cell): string {
	const [ours] = peers;
	if (ours === undefined) return '';
	return table(
		['', ...peers.map(({ name }) => name)],
		rows.map((row) => [row.title, ...peers.map((peer) => cell(row, peer, ours))]),
	);
}

const ratioCell: Cell = (row, peer, ours) => {
	const value = row.of(peer);
	const own = row.of(ours);
	if (value === null || own === null) return '–';
	const text = ratio(value.median, own.median);
	return value.median < own.median ? `**${text}**` : text;
};

/** What is nothing to a quick run is left out. */
function onN8nParts({ onN8n }: Results): string[] {
	const [first] = onN8n;
	if (first === undefined) return [];
	return [
		`On a whole n8n, ${first.waits} waits at a time:`,
		table(
			['', ...onN8n.map(({ name }) => name)],
			[
				[
					'slot of n8n occupied by an hour of waiting',
					...onN8n.map(({ slotTime }) => spreadCell(slotTime, wholeSeconds)),
				],
				['survive `kill -9`', ...onN8n.map(({ survivors, waits }) => `${survivors} of ${waits}`)],
			],
		),
	];
}

function faultTable(peers: readonly PeerResults[]): string {
	const names = Object.keys(peers[0]?.faults ?? {});
	const rights = peers.map(({ faults }) => {
		const right = Object.values(faults).filter((result) => result === 'right').length;
		return `${right} of ${names.length}`;
	});
	return table(
		['', ...peers.map(({ name }) => name)],
		[
			...names.map((name) => [name, ...peers.map(({ faults }) => faults[name] ?? '–')]),
			['right', ...rights],
		],
	);
}
