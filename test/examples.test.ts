import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode, INodeProperties } from 'n8n-workflow';

import { createCrawlJob, type CrawlJobFacts } from '../nodes/shared/crawlJob';
import { crawlReport } from './support/crawlReport';
import { packageNodes } from './support/engine/packageTypes';

const FOLDER = join(__dirname, '..', 'examples');

interface Example {
	nodes: INode[];
	connections: IConnections;
}

const load = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;

/** Triggers that a person can start a workflow with in the editor, and nothing else. */
const BY_HAND = /\.(?:formTrigger|manualTrigger|scheduleTrigger|chatTrigger|crawlFinishedTrigger)$/;

describe.each(readdirSync(FOLDER))('examples/%s', (file) => {
	const { nodes, connections } = load(file);
	const names = nodes.map(({ name }) => name);

	it('names each node once, and connects only these', () => {
		const targets = Object.values(connections).flatMap((outputs) =>
			Object.values(outputs).flatMap((output) =>
				output.flatMap((ends) => (ends ?? []).map(({ node }) => node)),
			),
		);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(
			[...Object.keys(connections), ...targets].filter((name) => !names.includes(name)),
		).toEqual([]);
	});

	it('can be started in the editor', () => {
		expect(nodes.map(({ type }) => type)).toContainEqual(expect.stringMatching(BY_HAND));
	});

	it('sets only fields that the nodes of this package have', () => {
		const unknown = nodes.flatMap(({ type, name, parameters }) => {
			const node = packageNodes[type];
			if (node === undefined) return [];
			const known = node.description.properties.map((property) => property.name);
			const options = node.description.properties
				.filter((property) => property.name === 'options')
				.flatMap((property) => (property.options ?? []) as INodeProperties[])
				.map((option) => option.name);
			return [
				...Object.keys(parameters).filter((key) => key !== 'pollTimes' && !known.includes(key)),
				...Object.keys(parameters.options ?? {}).filter((key) => !options.includes(key)),
			].map((key) => `${name}: ${key}`);
		});
		expect(unknown).toEqual([]);
	});

	it('holds no ID of a credential', () => {
		const ids = nodes.flatMap(({ credentials = {} }) =>
			Object.values(credentials).map(({ id }) => id),
		);
		expect(ids.filter((id) => id !== '')).toEqual([]);
	});
});

describe('the page of the Crawl Report', () => {
	const report = (...facts: Array<Partial<CrawlJobFacts>>) =>
		crawlReport(
			facts.map((fact) =>
				createCrawlJob({
					provider: 'geonode',
					jobId: 'job',
					reference: {},
					status: 'succeeded',
					rawStatus: null,
					...fact,
				}),
			),
		);

	it('counts the outcomes', () => {
		const { subject } = report({}, {}, { status: 'failed' }, { status: 'running' });
		expect(subject).toBe('Crawl Report: 4 crawls, 2 succeeded, 1 failed, 1 not finished');
	});

	it('shows pages, time, cost and reasons', () => {
		const { html } = report({
			url: 'https://example.com/',
			counters: { total: 10, completed: 8, failed: 2 },
			startedAt: '2026-05-26T10:30:00Z',
			finishedAt: '2026-05-26T12:31:00Z',
			cost: { amount: 8, unit: 'tokens', isEstimate: true },
			warnings: ['2 pages failed.'],
		});
		expect(html).toContain('geonode · 8 of 10 pages, 2 failed · 2 h 1 min · about 8 tokens');
		expect(html).toContain('class="done" style="width:80.0%"');
		expect(html).toContain('class="failed" style="width:20.0%"');
		expect(html).toContain('<p class="reason">2 pages failed.</p>');
	});

	it.each<[string, Partial<CrawlJobFacts>]>([
		['an address', { url: 'https://a.test/"><img src=x onerror=alert(1)>' }],
		['a reason', { status: 'failed', failure: { message: '<script>x</script>', code: null } }],
		['a warning', { warnings: ['<img src=x>'] }],
	])('escapes %s', (_, fact) => {
		expect(report(fact).html).not.toMatch(/<(?:script|img)/);
	});

	it('links web addresses alone', () => {
		expect(report({ url: 'javascript:alert(1)' }).html).not.toContain('<a ');
		expect(report({ url: 'https://a.test/' }).html).toContain('<a href="https://a.test/">');
	});
});
