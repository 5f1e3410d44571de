import { setTimeout as sleep } from 'node:timers/promises';

import { kill } from './kill';
import { log } from './log';
import { startStage, type Stage } from './stage';
import { Waits, type WaitsOptions } from './waits';

const WAITS = 10;
const KILLS = 6;
/** Which of them come in the middle of a check; the others come at any time, also in the first seconds of n8n. */
const KILLS_IN_CHECK = [2, 5];
const PATIENCE_MS = 10 * 60_000;

const OPTIONS = {
	count: WAITS,
	durationsMs: [360_000, 420_000],
	maxWaitMinutes: 8,
	slowChecks: true,
} satisfies Omit<WaitsOptions, 'waitMode'>;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
});

afterAll(async () => {
	await stage?.close();
});

it(`ends ${WAITS} durable waits on the right branch, although n8n is killed ${KILLS} times`, async () => {
	const durable = await Waits.start(stage, { ...OPTIONS, waitMode: 'durable' });
	await durable.untilParked();
	const inExecution = await Waits.start(stage, { ...OPTIONS, waitMode: 'inExecution' });
	for (let count = 1; count <= KILLS; count++) {
		if (KILLS_IN_CHECK.includes(count)) {
			await durable.untilInCheck();
			log('a check is under way');
		} else {
			await sleep(15_000 * Math.random());
		}
		await kill(stage.main, 'n8n', durable);
	}
	await durable.untilReported(PATIENCE_MS);
	await durable.log();
	await inExecution.log();

	expect(durable.result).toEqual({ waits: WAITS, right: WAITS, wrong: 0, repeated: 0, lost: 0 });
	// What the mode is for: waits in memory are gone.
	expect(inExecution.result).toMatchObject({ right: 0, wrong: 0, lost: WAITS });
});
