import { Ends } from './ends';
import { log } from './log';
import { startStage, type Stage } from './stage';

const COUNTS = { highLevel: 2, convocore: 12, geonode: 12, midPilot: 4, pathors: 4 };
const CRAWLS = 34;
const POLL_MS = 30_000;
const PATIENCE_MS = 6 * POLL_MS;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ workers: 1, hasWebhookProcess: true });
});

afterAll(async () => {
	await stage?.close();
});

it(`in queue mode, the trigger starts a workflow once for each of ${CRAWLS} ends, whichever process is called`, async () => {
	const { simulator, main, webhookUrl } = stage;
	const ends = await Ends.start(stage, {
		counts: COUNTS,
		durationsMs: [5_000, 30_000],
		push: { webhookUrl, convocoreUrl: main.url },
	});
	await ends.untilSeen(PATIENCE_MS);
	const result = await ends.counted(POLL_MS);
	log(`events: ${JSON.stringify(simulator.events.counts)}`);
	expect(result).toEqual({ crawls: CRAWLS, once: CRAWLS, repeated: 0, lost: 0 });
	expect(simulator.events.counts[202]).toBeGreaterThan(0);
});
