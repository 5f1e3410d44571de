import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INode, INodeType } from 'n8n-workflow';

import { providers } from '../nodes/providers';
import type { CrawlProvider } from '../nodes/shared/provider';
import packageJson from '../package.json';
import { packageNodes } from './support/engine/packageTypes';
import { simulatorCredentials } from './support/engine/simulatorCredentials';
import { PROVIDER_IDS } from './support/simulator/job';
import { useSimulator } from './support/useSimulator';
import { newJob } from './wait/faultCases';

const ROOT = resolve(__dirname, '..');
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const simulator = useSimulator();

/** A place that every provider has to be in. */
interface Place {
	name: string;
	/** What to do for a provider that is not there. */
	advice: (provider: CrawlProvider) => string;
	holds: (provider: CrawlProvider) => boolean;
}

const PLACES: Place[] = [
	{
		name: 'the nodes that package.json registers',
		advice: (provider) => `add "${builtNode(provider)}" to n8n.nodes`,
		holds: (provider) => packageJson.n8n.nodes.includes(builtNode(provider)),
	},
	{
		name: 'the credentials that package.json registers',
		advice: (provider) =>
			`add ${credentialNames(provider).map(builtCredential).join(' and ')} to n8n.credentials`,
		holds: (provider) =>
			credentialNames(provider).every((name) =>
				packageJson.n8n.credentials.includes(builtCredential(name)),
			),
	},
	{
		name: 'the credentials of its own node',
		advice: (provider) => `let the node ask for ${credentialNames(provider).join(' or ')}`,
		holds: (provider) => {
			const asked = (nodeOf(provider)?.description.credentials ?? []).map(({ name }) => name);
			return credentialNames(provider).every((name) => asked.includes(name));
		},
	},
	{
		name: 'the packages for one provider each',
		advice: () => 'run npm run packages',
		holds: ({ id }) => exists(`packages/${id}/package.json`),
	},
	{
		name: "n8n's search",
		advice: (provider) => `write nodes/${folderOf(provider)}/${folderOf(provider)}.node.json`,
		holds: (provider) => exists(`nodes/${folderOf(provider)}/${folderOf(provider)}.node.json`),
	},
	{
		name: 'the output schemas',
		advice: (provider) =>
			`write nodes/${folderOf(provider)}/outputSchemas.ts, then run npm run schemas`,
		holds: (provider) =>
			exists(`nodes/${folderOf(provider)}/outputSchemas.ts`) &&
			exists(`nodes/${folderOf(provider)}/__schema__/v1.0.0/crawl`),
	},
	{
		name: 'the simulator',
		advice: ({ id }) =>
			`write test/support/simulator/providers/${id}.ts, and add "${id}" to PROVIDER_IDS in test/support/simulator/job.ts`,
		holds: ({ id }) =>
			exists(`test/support/simulator/providers/${id}.ts`) &&
			PROVIDER_IDS.some((known) => known === id),
	},
	{
		name: 'the credentials of the simulator, which the demo uses as well',
		advice: () => 'add its credential to test/support/engine/simulatorCredentials.ts',
		holds: (provider) =>
			Object.keys(simulatorCredentials(simulator)).some((name) =>
				credentialNames(provider).includes(name),
			),
	},
	{
		name: "the simulator's README",
		advice: ({ id }) =>
			`add its rows, which begin with "| \`${id}\` ", to test/support/simulator/README.md`,
		holds: ({ id }) => read('test/support/simulator/README.md').includes(`\n| \`${id}\` `),
	},
	{
		name: 'the fault matrix',
		advice: () => 'add it to JOBS in test/wait/faultCases.ts',
		holds: ({ id }) => succeeds(() => newJob(id)),
	},
	{
		name: 'the tests of the CrawlJobs',
		advice: ({ id }) => `write test/normalize/${id}.test.ts`,
		holds: ({ id }) => exists(`test/normalize/${id}.test.ts`),
	},
	{
		name: 'the tests of the nodes',
		advice: ({ id }) => `write test/nodes/${id}.test.ts`,
		holds: ({ id }) => exists(`test/nodes/${id}.test.ts`),
	},
	{
		name: 'the example workflows',
		advice: () => 'write a workflow in examples/ that starts a crawl with its node',
		holds: (provider) => examplesWith(provider).length > 0,
	},
	{
		name: 'the demo',
		advice: () => 'add a run of its example to scripts/demo/runs.ts',
		holds: (provider) => {
			const runs = read('scripts/demo/runs.ts');
			return examplesWith(provider).some((file) => runs.includes(`example: '${file}'`));
		},
	},
	{
		name: "the README's table of nodes",
		advice: (provider) => `add a row "| **[${displayNameOfNode(provider)}](…)** | …" to README.md`,
		holds: (provider) => read('README.md').includes(`\n| **[${displayNameOfNode(provider)}](`),
	},
	{
		name: 'docs/providers.md',
		advice: ({ displayName }) =>
			`add a section "## ${displayName}" and a link to it at the top of docs/providers.md`,
		holds: ({ displayName }) => {
			const text = read('docs/providers.md');
			const link = `[${displayName}](#${displayName.toLowerCase().replaceAll(' ', '-')})`;
			return text.includes(`\n## ${displayName}\n`) && text.includes(link);
		},
	},
];

/** Texts that say how many providers there are. */
const COUNTING_TEXTS = [
	'README.md',
	'docs/providers.md',
	'package.json',
	'test/support/simulator/README.md',
];

describe.each(PLACES)('$name', ({ name, advice, holds }) => {
	it.each(providers)('$displayName is there', (provider) => {
		if (holds(provider)) return;
		throw new Error(`${provider.displayName} is missing from ${name}: ${advice(provider)}`);
	});
});

describe('the list of providers', () => {
	it('names each folder that holds a provider', () => {
		const listed = providers.map(folderOf);
		const missing = foldersWithProvider().filter((folder) => !listed.includes(folder));
		if (missing.length === 0) return;
		throw new Error(`nodes/providers.ts does not list the provider of ${missing.join(', ')}`);
	});

	it.each(COUNTING_TEXTS)('is as long as %s says', (file) => {
		const counts = [...read(file).matchAll(/\b(\w+) providers\b/gi)]
			.map(([, word = '']) => word.toLowerCase())
			.filter((word) => NUMBERS.includes(word));
		const number = NUMBERS[providers.length];
		if (counts.length > 0 && counts.every((count) => count === number)) return;
		throw new Error(`There are ${number} providers: say so in ${file}, wherever it counts them`);
	});
});

describe('code for all providers', () => {
	// nodes/providers.ts is the one file that names them.
	const files = sourceFiles('nodes').filter(
		(file) =>
			file !== 'nodes/providers.ts' &&
			!foldersWithProvider().some((folder) => file.startsWith(`nodes/${folder}/`)),
	);

	it.each(providers)('does not know $displayName by name', ({ id, displayName }) => {
		const names = [id, displayName].map((name) => name.toLowerCase());
		const knowing = files.filter((file) => {
			const text = read(file).toLowerCase();
			return names.some((name) => text.includes(name));
		});
		if (knowing.length === 0) return;
		throw new Error(
			`${knowing.join(', ')} names ${displayName}: make what is its own a part of CrawlProvider, named after what it does`,
		);
	});
});

function exists(path: string): boolean {
	return existsSync(join(ROOT, path));
}

function read(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

function succeeds(action: () => unknown): boolean {
	try {
		action();
		return true;
	} catch {
		return false;
	}
}

function foldersWithProvider(): string[] {
	return readdirSync(join(ROOT, 'nodes')).filter(
		(name) => name !== 'shared' && exists(`nodes/${name}/provider.ts`),
	);
}

function sourceFiles(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

function folderOf({ id }: CrawlProvider): string {
	const folder = foldersWithProvider().find((name) =>
		read(`nodes/${name}/provider.ts`).includes(`\tid: '${id}',\n`),
	);
	if (folder !== undefined) return folder;
	throw new Error(`No nodes/<Node>/provider.ts holds the provider with the id '${id}'`);
}

function builtNode(provider: CrawlProvider): string {
	const folder = folderOf(provider);
	return `dist/nodes/${folder}/${folder}.node.js`;
}

function builtCredential(name: string): string {
	return `dist/credentials/${name.charAt(0).toUpperCase()}${name.slice(1)}.credentials.js`;
}

function credentialNames({ credentials }: CrawlProvider): string[] {
	return credentials.map(({ name }) => name);
}

function nodeOf(provider: CrawlProvider): INodeType | undefined {
	return Object.values(packageNodes).find((node) => node.constructor.name === folderOf(provider));
}

function displayNameOfNode(provider: CrawlProvider): string {
	return nodeOf(provider)?.description.displayName ?? folderOf(provider);
}

/** The files of `examples/` that use a provider's node. */
function examplesWith(provider: CrawlProvider): string[] {
	const type = `n8n-nodes-crawl-jobs.${nodeOf(provider)?.description.name}`;
	return readdirSync(join(ROOT, 'examples')).filter((file) => {
		const { nodes } = JSON.parse(read(`examples/${file}`)) as { nodes: INode[] };
		return nodes.some((node) => node.type === type);
	});
}
