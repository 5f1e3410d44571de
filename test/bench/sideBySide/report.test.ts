import { report } from './report';
import type { PeerResults, Results } from './results';
import type { Spread } from './statistics';

const always = (value: number): Spread => ({ median: value, least: value, most: value });

const OURS: PeerResults = {
	id: 'ours',
	name: 'Ours',
	what: 'This package',
	delays: {
		'1 h': { requests: always(90), delayMs: always(2_000), worstDelayMs: 4_000, lost: 0 },
	},
	crowds: {},
	stopped: { stopMs: { median: 10, least: 8, most: 12 }, requestsAfter: 0 },
	faults: { outage: 'right' },
	heapPerExecution: always(40_000),
	heapPerItem: always(4_000),
	cpuPerHour: always(600),
	load: always(20),
	size: 600_000,
};

const OTHER: PeerResults = {
	...OURS,
	id: 'other',
	name: 'Other',
	what: 'A node that waits for half an hour at most',
	delays: { '1 h': null },
	faults: { outage: 'error' },
	stopped: { stopMs: always(500), requestsAfter: 2 },
	load: always(5),
	size: null,
};

const RESULTS: Results = {
	date: '2026-01-31',
	machine: 'a machine',
	versions: 'n8n-core 2.0.0',
	runs: 5,
	isQuick: false,
	peers: [OURS, OTHER],
	onN8n: [
		{
			id: 'ours',
			name: 'Ours',
			what: 'This package',
			slotTime: { median: 15_000, least: 14_000, most: 3_600_000 },
			survivors: 4,
			waits: 5,
		},
	],
};

/** The cells of a row in the first table with that title behind a heading. */
function cells(heading: string, title: string): string[] {
	const [, section = ''] = report(RESULTS).split(`## ${heading}\n`);
	const row = section.split('\n').find((line) => line.startsWith(`| ${title} `)) ?? '';
	return row
		.split('|')
		.slice(2, -1)
		.map((cell) => cell.trim());
}

const RATIOS = 'As multiples of this package';

describe('the tables of the bench', () => {
	it('show how many times as much as this package another takes', () => {
		expect(cells(RATIOS, 'Stop')).toEqual(['× 1.0', '× 50']);
	});

	it('show in bold what another does better', () => {
		expect(cells(RATIOS, 'time to load')).toEqual(['× 1.0', '**× 0.25**']);
	});

	it('have a dash where another cannot wait for so long', () => {
		expect(cells(RATIOS, 'requests, a job of 1 h')).toEqual(['× 1.0', '–']);
	});

	it('show the spread of the runs behind the median', () => {
		expect(cells('Figures', 'Stop')).toEqual(['10 ms (8.0–12)', '0.50 s']);
	});

	it('say what waits are to a whole n8n', () => {
		const page = report(RESULTS);
		expect(page).toMatch(/\| slot of n8n occupied by an hour of waiting +\| +15 s \(14–3,600\) \|/);
		expect(page).toMatch(/\| survive `kill -9` +\| +4 of 5 \|/);
	});

	it('say what came of each fault', () => {
		expect(cells('Faults', 'outage')).toEqual(['right', 'error']);
	});
});
