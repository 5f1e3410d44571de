import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import { HOSTILE_ANSWERS } from '../support/hostile/hostileAnswers';
import { waitForHostile } from '../support/hostile/hostileWaits';
import { PROVIDERS } from '../wait/faultCases';
import { forgetPeak, peakMemory } from './peakMemory';

/*
 * What hostile answers cost. For each answer and provider: what came of a wait with time for one
 * check, how long it took, and how far the memory of the process grew beyond what it has without
 * one, at its peak: npm run bench:hostile. With --heavy only those that send megabytes, with --limits
 * one provider for each limit, with --json every figure instead of the table of the worst.
 */

export interface Measured {
	name: string;
	provider: string;
	/** What the item says, where it is an error. */
	error: string;
	hasOutcome: boolean;
	ms: number;
	/** Above the process before the first answer, in MiB. */
	peakMiB: number;
}

/** A provider for each limit of what the answer to a check may weigh. */
const LIMITS: Readonly<Record<string, string>> = { geonode: '32 MB', midPilot: '64 MB' };

const MIB = 1024 * 1024;
const names = Object.keys(HOSTILE_ANSWERS);

const isHeavy = (name: string) => HOSTILE_ANSWERS[name]?.isHeavy === true;
const isEndless = (name: string) => HOSTILE_ANSWERS[name]?.isEndless === true;

async function measure(
	baseUrl: string,
	provider: string,
	chosen: string[],
	idleBytes: number,
): Promise<Measured[]> {
	forgetPeak();
	const startedAt = performance.now();
	const items = await waitForHostile(chosen, {
		provider,
		baseUrl: `${baseUrl}${provider}`,
		isOnce: false,
		options: chosen.some(isEndless) ? { maxWaitMinutes: 0.001 } : { maxConsecutiveFailures: 1 },
	});
	const ms = Math.round(performance.now() - startedAt);
	const peakMiB = Math.max(0, Math.round((peakMemory() - idleBytes) / MIB));
	return [...items].map(([name, { json }]) => ({
		name,
		provider,
		error: typeof json.error === 'string' ? json.error : '',
		hasOutcome: json.wait !== undefined,
		ms,
		peakMiB,
	}));
}

async function main(args: readonly string[]): Promise<void> {
	const server = fork(join(__dirname, 'hostileServer.ts'), [], { execArgv: ['--import', 'tsx'] });
	const [baseUrl] = (await once(server, 'message')) as [string];
	const chosen = names.filter((name) => !args.includes('--heavy') || isHeavy(name));
	// Those without end take as long as they are waited for, so they are waited for together.
	const endless = chosen.filter(isEndless);
	const batches = chosen.filter((name) => !endless.includes(name)).map((name) => [name]);
	if (endless.length > 0) batches.push(endless);
	const all: Measured[] = [];
	for (const provider of PROVIDERS.filter((id) => !args.includes('--limits') || id in LIMITS)) {
		// What is compiled and loaded for the first check is not what an answer costs.
		await measure(baseUrl, provider, ['204'], 0);
		forgetPeak();
		const idleBytes = peakMemory();
		for (const batch of batches) all.push(...(await measure(baseUrl, provider, batch, idleBytes)));
	}
	server.kill();
	process.stdout.write(args.includes('--json') ? JSON.stringify(all) : tableOf(all));
}

/** The worst of all providers, by answer. */
function tableOf(all: readonly Measured[]): string {
	const rows = [...new Set(all.map(({ name }) => name))].map((name) => {
		const ofName = all.filter((measured) => measured.name === name);
		const most = (value: 'ms' | 'peakMiB', limit: string) =>
			String(
				Math.max(
					...ofName
						.filter(({ provider }) => (LIMITS[provider] ?? LIMITS.geonode) === limit)
						.map((measured) => measured[value]),
				),
			);
		const { error = '' } = ofName[0] ?? {};
		const effect = HOSTILE_ANSWERS[name]?.effect ?? '';
		return [
			name,
			error === '' ? effect : `${effect}: _${error.replace(/ \[item.*/, '')}_`,
			...['32 MB', '64 MB'].flatMap((limit) => [most('ms', limit), most('peakMiB', limit)]),
		];
	});
	const heads = ['Answer', 'What comes of it', 'ms', 'MiB', 'ms, 64 MB', 'MiB, 64 MB'];
	const rule = ['---', '---', '--:', '--:', '--:', '--:'];
	return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

void main(process.argv.slice(2));
