import { createCrawlJob } from '../../nodes/shared/crawlJob';
import { crawlReport } from '../support/crawlReport';
import { packageCredentials } from '../support/engine/packageTypes';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { loadExample, type CredentialsByType } from '../support/n8n/exampleWorkflow';
import type { Editor } from '../support/browser/editor';
import { useBrowserStage } from './browserStage';
import { onCanvas, PHOTOGRAPHED_NODES } from './photographedNodes';
import { boxAround, photograph } from './photographs';

const MAX_BYTES = 150_000;
const VIEWPORT = { width: 1200, height: 900 };
/** For what has less to show. */
const CREDENTIAL_VIEWPORT = { width: 1200, height: 620 };
const SUSPENDED_VIEWPORT = { width: 1200, height: 380 };
/** What stands in the form of a node, without n8n's own last line. */
const IN_FORM = /^(?:node-credentials|parameter|collection|fixed-collection)/;
/** The names below the nodes are not part of what n8n calls a node. */
const CANVAS_MARGIN = { x: 56, y: 58 };
const FORM_MARGIN = { x: 0, y: 6 };
const NO_MARGIN = { x: 0, y: 0 };

const EXAMPLE = 'crawl-to-crm.json';
const WAIT_NODE = 'Wait Until Crawl Done';
const NOTE = 'n8n-nodes-base.stickyNote';
const GEONODE = 'geonodeScraperApi';
const CRAWL_ID = '7f0c1f64-5a4e-4d0e-9a57-2f1f0a9d3c11';
const HOUR_MS = 3_600_000;

const WITHOUT_CHROME = `
	body * { visibility: hidden; }
	[data-test-id=canvas], [data-test-id=canvas] * { visibility: visible; }
	[data-test-id=canvas-handle-plus-wrapper], [data-test-id=canvas-handle-plus-wrapper] *,
	[data-test-id=canvas] button, [data-test-id=canvas] button *,
	.vue-flow__panel, .vue-flow__panel * { visibility: hidden !important; }
`;

const stage = useBrowserStage();

beforeEach(async () => {
	await stage().editor.page.setViewportSize(VIEWPORT);
});

// Comes before the others have credentials, so that n8n proposes a name without a number.
it('there is a picture of a credential', async () => {
	const { editor } = stage();
	await editor.page.setViewportSize(CREDENTIAL_VIEWPORT);
	await editor.createCredential(displayNameOf(GEONODE));
	await editor.fill('apiKey', 'a-key-of-the-account');
	await editor.page.mouse.move(0, 0);
	const form = editor.byId('editCredential-modal');
	const size = await photograph(editor.page, 'credential', async (path) => {
		await editor.page.screenshot({ path, clip: await boxAround([form], NO_MARGIN) });
	});
	expect(size).toBeLessThan(MAX_BYTES);
});

describe('there is a picture of', () => {
	let credentials: CredentialsByType;

	beforeAll(async () => {
		credentials = await createNamedCredentials();
	});

	describe('an example', () => {
		beforeAll(async () => {
			const { n8n, editor } = stage();
			const example = loadExample(EXAMPLE, credentials);
			const nodes = example.nodes.filter(({ type }) => type !== NOTE);
			const { id } = await n8n.createWorkflow({ ...example, nodes });
			await editor.openWorkflow(id);
		});

		it('on the canvas', async () => {
			const { editor } = stage();
			const size = await photograph(editor.page, 'workflow', async (path) => {
				await photographCanvas(editor, path);
			});
			expect(size).toBeLessThan(MAX_BYTES);
		});

		it('with the form of its wait node', async () => {
			expect(await photographForm(WAIT_NODE, 'wait-panel')).toBeLessThan(MAX_BYTES);
		});
	});

	describe('the form', () => {
		beforeAll(async () => {
			const { n8n, editor } = stage();
			const nodes = PHOTOGRAPHED_NODES.map((node, index) => onCanvas(node, credentials, index));
			const { id } = await n8n.createWorkflow({ name: 'Forms', connections: {}, nodes });
			await editor.openWorkflow(id);
		});

		it.each(PHOTOGRAPHED_NODES.map(({ name, picture }) => [name, picture]))(
			'of %s: %s',
			async (name, picture) => {
				expect(await photographForm(name, picture)).toBeLessThan(MAX_BYTES);
			},
		);
	});
});

it('there is a picture of a durable wait that is suspended', async () => {
	const { n8n, editor, simulator, credentials } = stage();
	simulator.scriptJob({
		provider: 'geonode',
		jobId: CRAWL_ID,
		durationMs: HOUR_MS,
		outcome: 'succeeded',
	});
	const { id } = await n8n.createWorkflow({
		name: 'Durable',
		connections: { Start: { main: [[{ node: WAIT_NODE, type: 'main', index: 0 }]] } },
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'wait',
				name: WAIT_NODE,
				type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
				typeVersion: 1.1,
				position: [240, 0],
				parameters: {
					provider: 'geonode',
					jobId: { __rl: true, mode: 'id', value: CRAWL_ID },
					waitMode: 'durable',
				},
				credentials,
			},
		],
	});
	await editor.openWorkflow(id);
	await n8n.untilParked(await editor.run());
	await editor.openNode(WAIT_NODE);
	const output = editor.byId('output-panel');
	await output.getByTestId('node-hint').waitFor();
	await editor.page.setViewportSize(SUSPENDED_VIEWPORT);
	const size = await photograph(editor.page, 'durable-wait', async (path) => {
		await editor.page.screenshot({ path, clip: await boxAround([output], NO_MARGIN) });
	});
	expect(size).toBeLessThan(MAX_BYTES);
});

it('there is a picture of the Crawl Report', async () => {
	const page = await stage().editor.page.context().newPage();
	await page.setViewportSize({ width: 720, height: 400 });
	await page.setContent(crawlReport(REPORTED).html);
	const size = await photograph(page, 'crawl-report', async (path) => {
		await page.screenshot({ path, fullPage: true });
	});
	await page.close();
	expect(size).toBeLessThan(MAX_BYTES);
});

const STARTED = { createdAt: '2026-05-26T05:00:00Z', startedAt: '2026-05-26T05:00:10Z' };

const REPORTED = [
	createCrawlJob({
		...STARTED,
		provider: 'geonode',
		jobId: '1',
		reference: {},
		status: 'succeeded',
		rawStatus: 'completed',
		url: 'https://www.example.com/',
		counters: { total: 25, completed: 25, failed: 0 },
		cost: { amount: 25, unit: 'tokens', isEstimate: false },
		finishedAt: '2026-05-26T05:04:00Z',
	}),
	createCrawlJob({
		...STARTED,
		provider: 'convocore',
		jobId: '2',
		reference: {},
		status: 'succeeded',
		rawStatus: 'completed',
		url: 'https://docs.example.com/',
		counters: { total: 120, completed: 104, failed: 16 },
		warnings: ['16 of 120 pages failed.'],
		finishedAt: '2026-05-26T06:12:00Z',
	}),
	createCrawlJob({
		...STARTED,
		provider: 'pathors',
		jobId: '3',
		reference: {},
		status: 'failed',
		rawStatus: 'failed',
		url: 'https://shop.example.com/',
		counters: { total: 8, completed: 3, failed: 5 },
		failure: { message: 'The website answers 503', code: null },
		finishedAt: '2026-05-26T05:01:00Z',
	}),
];

/** One of each type, with the name that n8n proposes. */
async function createNamedCredentials(): Promise<CredentialsByType> {
	const { n8n, simulator } = stage();
	const created: CredentialsByType = {};
	for (const [type, data] of Object.entries(simulatorCredentials(simulator))) {
		const name = `${displayNameOf(type).replace(/ API$/, '')} account`;
		created[type] = await n8n.createCredential(name, type, data);
	}
	return created;
}

function displayNameOf(type: string): string {
	return packageCredentials.find(({ name }) => name === type)?.displayName ?? type;
}

/** The nodes and what connects them, without the rest of the editor. */
async function photographCanvas({ page }: Editor, path: string): Promise<void> {
	const style = await page.addStyleTag({ content: WITHOUT_CHROME });
	const clip = await boxAround([page.getByTestId('canvas-node')], CANVAS_MARGIN);
	await page.screenshot({ path, clip });
	await style.evaluate((element: { remove(): void }) => element.remove());
}

/** The form of a node, between its input and its output. */
async function photographForm(node: string, picture: string): Promise<number> {
	const { editor } = stage();
	await editor.openNode(node);
	// So that no field shows what it shows while the mouse is above it.
	await editor.page.mouse.move(0, 0);
	const size = await photograph(editor.page, picture, async (path) => {
		const elements = [
			editor.byId('tab-params'),
			editor.byId('node-execute-button'),
			editor.byId('node-parameters').getByTestId(IN_FORM),
		];
		await editor.page.screenshot({ path, clip: await boxAround(elements, FORM_MARGIN) });
	});
	await editor.closeNode();
	return size;
}
