/*
 * Waiting side by side with what people use today, all in one run: `npm run bench`. A whole run
 * writes docs/measurements.md, the picture and the tables in docs/performance.md. `--quick` shows in less
 * than two minutes that the bench runs, `--peers` takes ids; both write only with `--out`, the folder to
 * write to.
 */
import './engineSettings';

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { ensurePeers, isN8nInstalled } from './installed';
import { machine, versions } from './machine';
import { measureAll } from './measureAll';
import { shareN8n } from './oneN8n';
import type { Peer } from './peer';
import { OURS, otherPeers } from './peers';
import { picture } from './picture';
import { report, summary } from './report';
import { FULL, QUICK } from './scale';

/** The place on the page that explains the figures. */
const MARKED = /(<!-- npm run bench -->)[^]*(<!-- end of npm run bench -->)/;
const DOCS = resolve(__dirname, '../../../docs');

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			quick: { type: 'boolean', default: false },
			peers: { type: 'string' },
			out: { type: 'string' },
		},
	});
	const isQuick = values.quick;
	shareN8n();
	const peers = await peersOf(values.peers?.split(',') ?? null, isQuick);
	const scale = isQuick ? QUICK : FULL;
	const results = {
		date: new Date().toISOString().slice(0, 10),
		machine: machine(),
		versions: versions(),
		runs: scale.runs,
		isQuick,
		peers: await measureAll(peers, scale, isQuick),
	};
	const text = report(results);
	console.log(text);
	const isWhole = !isQuick && values.peers === undefined;
	const out = values.out ?? (isWhole ? DOCS : null);
	if (out === null) return;
	write(join(out, 'measurements.md'), text);
	write(join(out, 'images', 'side-by-side.svg'), picture(results));
	if (out === DOCS) putBetweenMarks(join(DOCS, 'performance.md'), summary(results));
	else write(join(out, 'measurements.json'), JSON.stringify(results));
}

/**
 * @param wanted ids; `null` = all, but those that a quick run would have to install an n8n of 3 GB for
 * @throws Error that names the ids, if nobody has one of them
 */
async function peersOf(wanted: readonly string[] | null, isQuick: boolean): Promise<Peer[]> {
	const isOurs = (id: string) => OURS.some((peer) => peer.id === id);
	const needsOthers = wanted?.some((id) => !isOurs(id)) ?? (!isQuick || isN8nInstalled());
	const all = [...OURS, ...(needsOthers ? otherPeers(await ensurePeers()) : [])];
	const ids = all.map(({ id }) => id);
	const unknown = wanted?.filter((id) => !ids.includes(id)) ?? [];
	if (unknown.length > 0) throw new Error(`Not among ${ids.join(', ')}: ${unknown.join(', ')}`);
	return all.filter(({ id }) => wanted?.includes(id) ?? true);
}

/** @throws Error when the page has no marks */
function putBetweenMarks(file: string, text: string): void {
	const page = readFileSync(file, 'utf8');
	if (!MARKED.test(page)) throw new Error(`${file} has no place for the tables`);
	writeFileSync(
		file,
		page.replace(MARKED, (_, begin, end) => `${begin}\n\n${text}\n\n${end}`),
	);
}

function write(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

main().then(
	// What was stopped may go on asking.
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
