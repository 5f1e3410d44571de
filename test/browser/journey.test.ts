import { keepEnds, useBrowserStage } from './browserStage';
import { actionOf, describedNode } from './described';
import { startHeldSite, type HeldSite } from '../support/heldSite';

/*
 * Somebody builds Start, Wait and two branches with the mouse, and nothing but an address to type.
 * The tests are the steps of one story.
 */

const START = describedNode('geonodeCrawler');
const GEONODE = 'Geonode Scraper API';
const WAIT = describedNode('waitUntilCrawlDone');
const START_ACTION = actionOf(START, 'crawl', 'start');
const TRIGGER = 'When clicking ‘Execute workflow’';
const STEP = 'No Operation, do nothing';
const SUCCESS = 'No Operation, do nothing';
const FAILED = 'No Operation, do nothing1';

const stage = useBrowserStage();
keepEnds(stage);
let site: HeldSite;

beforeAll(async () => {
	site = await startHeldSite();
});

afterAll(async () => {
	await site.close();
});

describe('a workflow that is built with clicks', () => {
	it('starts a crawl', async () => {
		const { editor } = stage();
		await editor.startWorkflow();
		await editor.addManualTrigger();
		await editor.follow(TRIGGER);
		await editor.addNode(START.displayName, START_ACTION);
		await editor.fill('url', site.url);
		await editor.closeNode();
		expect(await editor.byId('canvas-node').count()).toBe(2);
	});

	it('waits for it', async () => {
		const { editor } = stage();
		await editor.follow(START_ACTION);
		await editor.addNode(WAIT.displayName);
		await editor.chooseCredential(GEONODE);
		await editor.closeNode();
		const labels = editor.onCanvas(WAIT.displayName).getByTestId('canvas-node-output-handle');
		expect(await labels.allInnerTexts()).toEqual(WAIT.outputNames);
	});

	it('goes on on two branches', async () => {
		const { editor } = stage();
		for (const output of [0, 1]) {
			await editor.follow(WAIT.displayName, output);
			await editor.addNode(STEP);
			await editor.closeNode();
		}
		expect(await editor.byId('canvas-node').count()).toBe(5);
	});

	it('shows that it waits, and can be stopped', async () => {
		const { editor } = stage();
		await editor.run();
		await editor.untilSucceeded(START_ACTION);
		await editor.stop();
		expect(await editor.onCanvas(SUCCESS).getByTestId('canvas-node-status-success').count()).toBe(
			0,
		);
	});

	it('continues on Success when the crawl is done', async () => {
		const { editor } = stage();
		await editor.run();
		site.release();
		await editor.untilSucceeded(SUCCESS);
		expect(await editor.onCanvas(FAILED).getByTestId('canvas-node-status-success').count()).toBe(0);
	});

	it('continues on Failed when the website is down', async () => {
		const { editor, simulator } = stage();
		await editor.openNode(START_ACTION);
		await editor.fill('url', `${simulator.siteUrl}down/`);
		await editor.closeNode();
		await editor.run();
		await editor.untilSucceeded(FAILED);
		expect(await editor.onCanvas(SUCCESS).getByTestId('canvas-node-status-success').count()).toBe(
			0,
		);
	});
});
