/*
 * Waiting side by side with what people use today, all in one run: `npm run bench`. It writes the tables
 * of docs/measurements.md and the picture. `--quick` shows that it runs and writes nothing; `--peers`
 * takes ids, `--out` another folder than docs.
 */
import './engineSettings';

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { ensurePeers, isN8nInstalled } from './installed';
import { machine, versions } from './machine';
import { measureAll } from './measureAll';
import { shareN8n } from './oneN8n';
import { OURS, otherPeers } from './peers';
import { picture } from './picture';
import { report } from './report';
import { FULL, QUICK } from './scale';

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
	// A quick run installs no n8n of 3 GB.
	const others = isQuick && !isN8nInstalled() ? [] : otherPeers(await ensurePeers());
	const wanted = values.peers?.split(',');
	const peers = [...OURS, ...others].filter(({ id }) => wanted?.includes(id) ?? true);
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
	const out = values.out ?? (isQuick ? null : DOCS);
	if (out === null) return;
	write(join(out, 'measurements.md'), text);
	write(join(out, 'images', 'side-by-side.svg'), picture(results));
	write(join(out, 'measurements.json'), JSON.stringify(results, null, '\t') + '\n');
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
