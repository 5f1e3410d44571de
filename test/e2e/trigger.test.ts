import { setTimeout as sleep } from 'node:timers/promises';

import { Ends } from './ends';
import { log } from './log';
import { untilQuiet } from './quiet';
import { startStage, type Stage } from './stage';

const KILLS = 3;
const COUNTS = { highLevel: 12, convocore: 72, geonode: 72, midPilot: 72, pathors: 72 };
const CRAWLS = 300;
const LONGEST_OUTAGE_MS = 15_000;
/** n8n polls once a minute. */
const POLL_MS = 60_000;
const PATIENCE_MS = 6 * POLL_MS;

/** Where n8n keeps what a trigger remembers, and whether it does so together with the execution. */
const SETTINGS: Array<[string, boolean, Record<string, string>]> = [
	['as n8n is set up by itself', false, {}],
	[
		'with durable poll cursors',
		true,
		{
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		},
	],
];

describe.each(SETTINGS)('the trigger, %s', (_, savesTogether, env) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage({ workers: 0, env });
	});

	afterAll(async () => {
		await stage?.close();
	});

	it(`starts a workflow once for each of ${CRAWLS} ends, although n8n is killed ${KILLS} times`, async () => {
		const ends = await Ends.start(stage, { counts: COUNTS, durationsMs: [60_000, 270_000] });
		let startedAt = 0;
		for (let count = 1; count <= KILLS; count++) {
			if (savesTogether) await sleep(POLL_MS * (0.5 + Math.random()));
			else await untilQuiet(stage, startedAt, PATIENCE_MS);
			await stage.main.kill();
			log('kill -9 of n8n');
			await sleep(LONGEST_OUTAGE_MS * Math.random());
			startedAt = stage.simulator.requests.length;
			await stage.main.start();
			log('n8n is back');
		}
		await ends.untilSeen(PATIENCE_MS);
		const result = await ends.counted(POLL_MS);
		expect(result).toEqual({ crawls: CRAWLS, once: CRAWLS, repeated: 0, lost: 0 });
	});
});
