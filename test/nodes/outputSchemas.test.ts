import type { IDataObject, INode } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { registeredNodes } from '../support/engine/packageTypes';
import { checkItems } from '../support/schemas/checkItems';
import { schemaFiles } from '../support/schemas/schemaFiles';

const NODES = join(__dirname, '..', '..', 'nodes');

const files = schemaFiles().map(({ path, schema }) => ({
	name: relative(NODES, path),
	path,
	schema,
}));

describe('the output schemas that n8n reads', () => {
	it.each(files)('have $name as npm run schemas writes it', ({ path, schema }) => {
		expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(schema);
	});

	it('are of operations that exist', () => {
		const found = registeredNodes.flatMap(({ folder }) =>
			readdirSync(join(folder, '__schema__'), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.json'))
				.map((name) => relative(NODES, join(folder, '__schema__', name))),
		);
		expect(found.sort()).toEqual(files.map(({ name }) => name).sort());
	});

	it.each(files)('have in $name only what the editor can show', ({ schema }) => {
		expect(schema).toHaveProperty('type', 'object');
		expect(withoutType(schema as JsonSchema)).toEqual([]);
	});
});

interface JsonSchema {
	type?: unknown;
	properties?: Record<string, JsonSchema>;
	items?: JsonSchema;
}

/** The fields that the editor would show as "undefined", since it reads nothing but a plain type. */
function withoutType({ type, properties = {}, items }: JsonSchema, path = ''): string[] {
	if (typeof type !== 'string') return [path];
	return [
		...Object.entries(properties).flatMap(([name, field]) => withoutType(field, `${path}.${name}`)),
		...(items === undefined ? [] : withoutType(items, `${path}[]`)),
	];
}

describe('an item that a test has seen', () => {
	const job = createCrawlJob({
		provider: 'geonode',
		jobId: 'a',
		reference: { jobId: 'a' },
		status: 'running',
		rawStatus: 'processing',
		details: { inFlightPages: 2 },
	});
	const wait = {
		outcome: 'stillRunning',
		reason: 'deadline',
		checks: 3,
		waitedMs: 20,
		nextCheckAt: null,
	};

	const check = (type: string, parameters: INode['parameters'], item: object) => () =>
		checkItems({ type: `n8n-nodes-crawl-jobs.${type}`, parameters } as INode, [
			item as IDataObject,
		]);
	const getStatus = (item: object, options = {}) =>
		check('geonodeCrawler', { resource: 'crawl', operation: 'getStatus', options }, item);
	const waitUntilDone = (item: object, options = {}) =>
		check('waitUntilCrawlDone', { waitMode: 'inExecution', options }, item);

	it.each([
		['a CrawlJob', getStatus(job)],
		['an error', getStatus({ error: 'Not found' })],
		['a raw answer that was asked for', getStatus({ ...job, raw: {} }, { includeRaw: true })],
		['a wait', waitUntilDone({ ...job, wait })],
		[
			'the input fields that were asked for',
			waitUntilDone({ mine: 1, ...job, wait }, { includeInputFields: true }),
		],
	])('fits as %s', (_, checked) => {
		expect(checked).not.toThrow();
	});

	it.each([
		['a field that nothing says it has', getStatus({ ...job, spider: 8 }), "'spider'"],
		['a raw answer that nobody asked for', getStatus({ ...job, raw: {} }), "'raw'"],
		['a field too few', getStatus({ ...job, warnings: undefined }), 'warnings: Required'],
		['details of another provider', getStatus({ ...job, details: { mode: 'x' } }), "'mode'"],
		[
			'such details on the wait node',
			waitUntilDone({ ...job, details: { mode: 'x' }, wait }),
			"'mode'",
		],
		['input fields that nobody asked for', waitUntilDone({ mine: 1, ...job, wait }), "'mine'"],
	])('does not fit with %s', (_, checked, problem) => {
		expect(checked).toThrow(problem);
	});
});
