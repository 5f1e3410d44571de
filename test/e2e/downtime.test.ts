import { setTimeout as sleep } from 'node:timers/promises';

import { log } from './log';
import { startStage, type Stage } from './stage';
import { Waits } from './waits';

const WAITS = 20;
const LONGEST_CRAWL_MS = 90_000;
const PATIENCE_MS = 5 * 60_000;

let stage: Stage;
let durable: Waits;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
	durable = await Waits.start(stage, {
		waitMode: 'durable',
		count: WAITS,
		durationsMs: [20_000, LONGEST_CRAWL_MS],
		maxWaitMinutes: 2,
		slowChecks: false,
	});
	await durable.untilParked();
	await stage.main.stop();
	log('n8n is shut down');
	// Past the deadline of the crawls that do not end.
	await sleep(LONGEST_CRAWL_MS + 60_000);
	await stage.main.start();
	log('n8n is back');
	await durable.untilReported(PATIENCE_MS);
	await durable.log();
});

afterAll(async () => {
	await stage?.close();
});

describe('durable waits that are over before n8n is back', () => {
	it('end on the right branch', () => {
		const { result } = durable;
		expect(result).toEqual({ waits: WAITS, right: WAITS, wrong: 0, repeated: 0, lost: 0 });
	});

	it('do not look crashed in the list of executions', async () => {
		const crashed = await durable.executionsThatAre(['crashed']);
		expect(crashed.filter(({ mode }) => mode === 'webhook')).toEqual([]);
	});
});
