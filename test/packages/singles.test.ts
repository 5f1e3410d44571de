import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { packageNodes } from '../support/engine/packageTypes';
import { ActiveTrigger } from '../support/engine/activeTrigger';
import { loadPackage, type LoadedPackage } from '../support/engine/loadPackage';
import { runWorkflow, START } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { SINGLE_PACKAGES } from '../support/packages/singlePackages';
import { useSimulator } from '../support/useSimulator';

const ROOT = resolve(__dirname, '..', '..');

const NODE = 'Geonode Crawler';

describe.each(SINGLE_PACKAGES)('$name', ({ folder, files, provider, name }) => {
	it.each(Object.entries(files))('has its %s (if not: npm run packages)', (file, text) => {
		expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
	});

	it('registers the node, the trigger and the credentials of its provider', () => {
		const { n8n } = JSON.parse(files['package.json'] ?? '') as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		expect(n8n.nodes).toHaveLength(2);
		expect(n8n.credentials).toHaveLength(provider.credentials.length);
		expect(name).toMatch(/^n8n-nodes-[a-z]+-crawls$/);
	});
});

it('is there for each provider, and for nothing else', () => {
	const ids = SINGLE_PACKAGES.map(({ provider }) => provider.id);
	expect(readdirSync(join(ROOT, 'packages')).sort()).toEqual([...ids].sort());
});

describe('a package for one provider, built and loaded beside the one for all', () => {
	const simulator = useSimulator({ pageDelayMs: 1 });
	let loaded: LoadedPackage;
	/** When the package has loaded what only runs, five seconds after its nodes. Jest allows it no later. */
	let allLoaded: Promise<void>;
	afterAll(async () => await allLoaded);

	beforeAll(async () => {
		const build = [join(ROOT, 'scripts/build-single.mjs'), 'geonode'];
		expect(spawnSync(process.execPath, build, { encoding: 'utf8' })).toMatchObject({ status: 0 });
		loaded = await loadPackage(join(ROOT, 'packages/geonode'));
		allLoaded = sleep(6_000);
	});

	const run = async (parameters: INodeParameters): Promise<IDataObject[]> => {
		const done = await runWorkflow({
			nodes: [{ name: NODE, type: 'n8n-nodes-geonode-crawls.geonodeCrawler', parameters }],
			connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: [{}],
			credentials: simulatorCredentials(simulator),
		});
		expect(done.error).toBeUndefined();
		return done.outputsOf(NODE).flatMap((items) => items.map(({ json }) => json));
	};

	it('has node types of its own', () => {
		expect(Object.keys(loaded.nodes).sort()).toEqual([
			'n8n-nodes-geonode-crawls.crawlFinishedTrigger',
			'n8n-nodes-geonode-crawls.geonodeCrawler',
		]);
		expect(Object.keys(packageNodes)).toContain('n8n-nodes-crawl-jobs.geonodeCrawler');
	});

	it('has the same credential, which n8n knows by its name alone', () => {
		expect(loaded.credentials.map(({ name }) => name)).toEqual(['geonodeScraperApi']);
	});

	it('knows no other provider', () => {
		const folder = join(ROOT, 'packages/geonode/dist');
		const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
		const code = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
		const others = SINGLE_PACKAGES.map(({ provider }) => provider.displayName).filter(
			(displayName) => displayName !== 'Geonode' && code.includes(displayName),
		);
		expect(others).toEqual([]);
	});

	it('starts a crawl and waits for its end', async () => {
		const items = await run({
			resource: 'crawl',
			operation: 'startAndWait',
			url: simulator.siteUrl,
			waitMode: 'inExecution',
			options: { responsiveness: 'eager' },
		});
		expect(items).toEqual([
			expect.objectContaining({ provider: 'geonode', status: 'succeeded', url: simulator.siteUrl }),
		]);
	});

	it('has a trigger that names the provider and does not ask for it', () => {
		const { displayName, defaults, properties } =
			loaded.nodes['n8n-nodes-geonode-crawls.crawlFinishedTrigger']?.description ?? {};
		expect({ displayName, defaults }).toEqual({
			displayName: 'Geonode Crawl Finished Trigger',
			defaults: { name: 'Geonode Crawl Finished Trigger' },
		});
		expect(properties?.find(({ name }) => name === 'provider')).toMatchObject({
			type: 'hidden',
			default: 'geonode',
		});
	});

	it('starts a workflow when a crawl has ended', async () => {
		const trigger = new ActiveTrigger({
			package: 'n8n-nodes-geonode-crawls',
			type: 'crawlFinishedTrigger',
			parameters: {},
			credentials: simulatorCredentials(simulator),
		});
		await trigger.activate();
		const jobId = '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b';
		simulator.scriptJob({ provider: 'geonode', jobId, durationMs: 0, outcome: 'succeeded' });
		await trigger.poll();
		expect(trigger.items).toEqual([
			expect.objectContaining({ provider: 'geonode', jobId, status: 'succeeded' }),
		]);
	});
});
