/**
 * What loading the built package adds to the start of n8n: `npm run bench:load`, in milliseconds of CPU
 * time beyond n8n-workflow, which n8n has loaded by then.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { n8n } from '../../package.json';

const ROOT = join(__dirname, '..', '..');
const RUNS = 15;

/** Requires each registered file and makes its class, as n8n does when it starts. */
const LOAD = `
require('n8n-workflow');
const { basename } = require('node:path');
const before = process.cpuUsage();
for (const file of ${JSON.stringify([...n8n.credentials, ...n8n.nodes])}) {
	const { [basename(file).split('.')[0]]: Type } = require('./' + file);
	new Type();
}
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1_000);
`;

function loadMs(): number {
	return Number(execFileSync(process.execPath, ['-e', LOAD], { cwd: ROOT, encoding: 'utf8' }));
}

const times = Array.from({ length: RUNS }, loadMs).sort((a, b) => a - b);
const shown = [times[Math.floor(RUNS / 2)], times[0], times.at(-1)].map((ms) => ms?.toFixed(1));
console.log(`Node ${process.version}: median ${shown[0]} ms, from ${shown[1]} to ${shown[2]} ms`);
