import { setTimeout as sleep } from 'node:timers/promises';

import { kill } from './kill';
import { startStage, type Stage } from './stage';
import { Waits } from './waits';

const WAITS = 200;
const ROUNDS = 2;
const PATIENCE_MS = 10 * 60_000;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ workers: 2 });
});

afterAll(async () => {
	await stage?.close();
});

it(`ends ${WAITS} durable waits on the right branch, although workers and n8n are killed in turn`, async () => {
	const durable = await Waits.start(stage, {
		waitMode: 'durable',
		count: WAITS,
		durationsMs: [360_000, 440_000],
		maxWaitMinutes: 8,
		slowChecks: true,
	});
	await durable.untilParked();
	const processes = [
		...stage.workers.map((server, index) => ({ server, name: `worker ${index + 1}` })),
		{ server: stage.main, name: 'n8n' },
	];
	for (let round = 0; round < ROUNDS; round++) {
		for (const { server, name } of processes) {
			await sleep(12_000 * Math.random());
			await kill(server, name, durable);
		}
	}
	await durable.untilReported(PATIENCE_MS);
	await durable.log();

	expect(durable.result).toEqual({ waits: WAITS, right: WAITS, wrong: 0, repeated: 0, lost: 0 });
});
