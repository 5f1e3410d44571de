import { cpus, release, totalmem, type } from 'node:os';

import { devDependencies, version } from '../../../package.json';
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
	const n8n = devDependencies['n8n-core'];
	return [`n8n-core and n8n-nodes-base ${n8n}`, `this package ${version}`, ...others].join(', ');
}
