import type { INodeParameters, INodeParameterResourceLocator } from 'n8n-workflow';

import { defaultIds } from '../support/simulator/settings';
import { describedNode } from './described';
import { useBrowserStage } from './browserStage';
import { keepScreenshot } from './screenshots';

interface ListCase {
	node: string;
	/** The field whose list is opened. */
	field: string;
	operation: string;
	/** What the list depends on. */
	ids?: Record<string, string>;
}

const CRAWL_ID = '7f0c1f64-5a4e-4d0e-9a57-2f1f0a9d3c11';

const { highLevel, convocore, midPilot, pathors } = defaultIds;
const { projectId } = pathors;

const CASES: ListCase[] = [
	{ node: 'geonodeCrawler', field: 'jobId', operation: 'getStatus' },
	{ node: 'highLevelCrawler', field: 'knowledgeBaseId', operation: 'start', ids: highLevel },
	{ node: 'convocoreCrawler', field: 'workspaceId', operation: 'getMany' },
	{ node: 'convocoreCrawler', field: 'jobId', operation: 'getStatus', ids: convocore },
	{ node: 'midPilotScraper', field: 'jobId', operation: 'getStatus', ids: midPilot },
	{ node: 'pathorsCrawler', field: 'projectId', operation: 'getMany' },
	{ node: 'pathorsCrawler', field: 'knowledgeBaseId', operation: 'getMany', ids: { projectId } },
	{ node: 'pathorsCrawler', field: 'jobId', operation: 'getStatus', ids: pathors },
];

const stage = useBrowserStage();

beforeAll(async () => {
	const { n8n, editor, simulator, credentials } = stage();
	for (const provider of ['geonode', 'convocore', 'midPilot', 'pathors'] as const) {
		simulator.scriptJob({ provider, jobId: CRAWL_ID, durationMs: 1, outcome: 'succeeded' });
	}
	const { id } = await n8n.createWorkflow({
		name: 'Every list',
		connections: {},
		nodes: CASES.map((list, index) => ({
			id: `list-${index}`,
			name: nameOf(list),
			type: `n8n-nodes-crawl-jobs.${list.node}`,
			typeVersion: 1,
			parameters: parametersOf(list),
			credentials,
			position: [(index % 4) * 320, Math.floor(index / 4) * 240],
		})),
	});
	await editor.openWorkflow(id);
});

describe('the list of a field', () => {
	it.each(CASES.map((list) => [nameOf(list), list] as const))(
		'offers what the provider has: %s',
		async (name, { field }) => {
			const { editor } = stage();
			await editor.openNode(name);
			const [entry = ''] = await editor.listEntries(field);
			await keepScreenshot(editor, `list of ${name}`);
			await editor.chooseEntry(entry);
			const shown = await editor.field(field).getByTestId('rlc-input').inputValue();
			await editor.closeNode();
			expect(shown).toBe(entry);
		},
	);
});

function nameOf({ node, field, operation }: ListCase): string {
	return `${describedNode(node).displayName}, ${operation}, ${field}`;
}

function parametersOf({ field, operation, ids = {} }: ListCase): INodeParameters {
	const given = Object.entries(ids).filter(([name]) => name !== field);
	return {
		resource: 'crawl',
		operation,
		...Object.fromEntries(given.map(([name, value]) => [name, valueOf(name, value)])),
		[field]: locator('list', ''),
	};
}

/** The ids that the editor offers no list of are plain texts. */
function valueOf(name: string, value: string): string | INodeParameterResourceLocator {
	return name === 'locationId' || name === 'sessionId' ? value : locator('id', value);
}

function locator(mode: 'id' | 'list', value: string): INodeParameterResourceLocator {
	return { __rl: true, mode, value };
}
