import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';

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

interface Setting {
	name: string;
	/** Whether n8n keeps what a trigger remembers together with the execution. */
	savesTogether: boolean;
	env: Record<string, string>;
	pollTimes: INodeParameters[];
}

const SETTINGS: Setting[] = [
	{
		name: 'as n8n is set up by itself',
		savesTogether: false,
		env: {},
		pollTimes: [{ mode: 'everyMinute' }],
	},
	{
		name: 'with durable poll cursors, and two polls at a time',
		savesTogether: true,
		env: {
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
		},
		pollTimes: [{ mode: 'everyMinute' }, { mode: 'everyX', value: 1, unit: 'minutes' }],
	},
];

describe.each(SETTINGS)('the trigger, $name', ({ savesTogether, env, pollTimes }) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage({ workers: 0, env });
	});

	afterAll(async () => {
		await stage?.close();
	});

	it(`starts a workflow once for each of ${CRAWLS} ends, although n8n is killed ${KILLS} times`, async () => {
		const ends = await Ends.start(stage, {
			counts: COUNTS,
			durationsMs: [60_000, 270_000],
			pollTimes,
		});
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
