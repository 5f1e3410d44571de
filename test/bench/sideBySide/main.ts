/*
 * Waiting side by side with what people use today, all in one run: `npm run bench`. A whole run
 * writes docs/measurements.md, the picture and the tables in docs/performance.md. `--quick` shows in less
 * than two minutes that the bench runs, `--peers` takes ids; both write only with `--out`, the folder to
 * write to.
 */
import './engineSettings';

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ensurePeers, isN8nInstalled } from './installed';
import { machine, versions } from './machine';
import { measureOnN8n } from './measure/onN8n';
import { measureAll } from './measureAll';
import { shareN8n } from './oneN8n';
import type { Peer } from './peer';
import { OURS, otherPeers, peersOnN8n } from './peers';
import { report } from './report';
import type { Results } from './results';
import { FULL, QUICK } from './scale';
import { writeDocs, writeTo } from './writeResults';

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
	const peers = await peersOf(values.peers?.split(',') ?? (isQuick ? quickPeers() : null));
	const scale = isQuick ? QUICK : FULL;
	const results: Results = {
		date: new Date().toISOString().slice(0, 10),
		machine: machine(),
		versions: versions(),
		runs: scale.runs,
		isQuick,
		peers: await measureAll(peers, scale, isQuick),
		onN8n: scale.onN8n === null ? [] : await measureOnN8n(peersOnN8n(peers), scale.onN8n),
	};
	console.log(report(results));
	if (values.out !== undefined) await writeRun(values.out, results);
	else if (!isQuick && values.peers === undefined) await writeDocs(results);
}

/** With all that was measured, for other programs. */
async function writeRun(folder: string, results: Results): Promise<void> {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'measurements.json'), JSON.stringify(results));
	await writeTo(folder, results);
}

/** Enough to see that all works; without an n8n, nothing that one would have to be installed for. */
function quickPeers(): string[] {
	return isN8nInstalled() ? ['ours', 'bigQuery', 'handBuilt'] : ['ours'];
}

/**
 * @param wanted ids; `null` = all
 * @throws Error that names the ids, if nobody has one of them
 */
async function peersOf(wanted: readonly string[] | null): Promise<Peer[]> {
	const isOurs = (id: string) => OURS.some((peer) => peer.id === id);
	const needsOthers = wanted === null || !wanted.every(isOurs);
	const all = [...OURS, ...(needsOthers ? otherPeers(await ensurePeers()) : [])];
	const ids = all.map(({ id }) => id);
	const unknown = wanted?.filter((id) => !ids.includes(id)) ?? [];
	if (unknown.length > 0) throw new Error(`Not among ${ids.join(', ')}: ${unknown.join(', ')}`);
	return all.filter(({ id }) => wanted?.includes(id) ?? true);
}

main().then(
	// What was stopped may go on asking.
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
