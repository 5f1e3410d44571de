import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSimulator } from './index';
import { parseScenario } from './jobScript';

/**
 * `main.ts [--port N] [--scenario file.json] [--discovery-end Pending|Successful]`: runs the
 * simulator until it is interrupted.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			scenario: { type: 'string' },
			'discovery-end': { type: 'string' },
		},
	});
	const scripts = values.scenario === undefined ? [] : readScenario(values.scenario);
	const simulator = await startSimulator({
		port: parsePort(values.port ?? '0'),
		discoveryEnd: parseDiscoveryEnd(values['discovery-end'] ?? 'Pending'),
	});
	for (const script of scripts) simulator.scriptJob(script);

	console.log(`The simulator listens on ${simulator.url}`);
	console.log(
		JSON.stringify(
			{
				siteUrl: simulator.siteUrl,
				baseUrls: simulator.baseUrls,
				credentials: simulator.credentials,
				scriptedJobs: scripts.map(({ provider, jobId }) => ({ provider, jobId })),
			},
			null,
			2,
		),
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
}

function readScenario(file: string) {
	return parseScenario(JSON.parse(readFileSync(file, 'utf8')));
}

function parsePort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`--port must be a number from 0 to 65535, not "${text}"`);
	}
	return port;
}

function parseDiscoveryEnd(word: string): 'Pending' | 'Successful' {
	if (word === 'Pending' || word === 'Successful') return word;
	throw new Error(`--discovery-end must be Pending or Successful, not "${word}"`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
