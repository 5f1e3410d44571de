import { keepEnds, useBrowserStage } from './browserStage';
import { describedNode, optionName } from './described';

/** Checks are 65 seconds apart, and made a minute late at most. */
const WAIT_MS = 4 * 60_000;

const GEONODE = 'Geonode Scraper API';
const WAIT = describedNode('waitUntilCrawlDone');
const TRIGGER = 'When clicking ‘Execute workflow’';
const STEP = 'No Operation, do nothing';
const CRAWL_ID = 'a-crawl-of-a-second';

const stage = useBrowserStage();
keepEnds(stage);

describe('a durable wait that is made by hand', () => {
	it('is built with clicks, and the ID of a crawl', async () => {
		const { editor, simulator } = stage();
		// At the first check it runs, at the second it is done: its time begins with the first.
		simulator.scriptJob({
			provider: 'geonode',
			jobId: CRAWL_ID,
			durationMs: 1_000,
			outcome: 'succeeded',
		});
		await editor.startWorkflow();
		await editor.addManualTrigger();
		await editor.follow(TRIGGER);
		await editor.addNode(WAIT.displayName);
		await editor.choose('provider', optionName(WAIT, 'provider', 'geonode'));
		await editor.chooseCredential(GEONODE);
		await editor.useFixedValue('jobId');
		await editor.useMode('jobId', 'id');
		await editor.fillId('jobId', CRAWL_ID);
		await editor.choose('waitMode', optionName(WAIT, 'waitMode', 'durable'));
		await editor.closeNode();
		await editor.follow(WAIT.displayName);
		await editor.addNode(STEP);
		await editor.closeNode();
		expect(await editor.byId('canvas-node').count()).toBe(3);
	});

	it('suspends the execution', async () => {
		const { editor, n8n } = stage();
		const execution = await editor.run();
		await expect(n8n.untilParked(execution)).resolves.toBeUndefined();
	});

	it(
		'continues on Success when the crawl is done',
		async () => {
			await stage().editor.untilSucceeded(STEP, WAIT_MS);
		},
		WAIT_MS + 60_000,
	);
});
