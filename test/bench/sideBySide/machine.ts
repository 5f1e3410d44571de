import { cpus, release, totalmem, type } from 'node:os';

import { devDependencies, version } from '../../../package.json';
import { dependencies as n8n } from '../../support/n8n/package.json';
import { dependencies } from './packages/package.json';

const GIB = 1024 ** 3;

/** The machine in a few words. */
export function machine(): string {
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / GIB);
	return `${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${memory} GiB, ${type()} ${release()}, Node ${process.version}`;
}

/** What was measured, and in what. */
export function versions(): string {
	const others = Object.entries(dependencies).map(([name, number]) => `${name} ${number}`);
	return [
		`n8n-core ${devDependencies['n8n-core']}`,
		`the nodes of n8n ${n8n.n8n}`,
		`this package ${version}`,
		...others,
	].join(', ');
}
