import { setTimeout as sleep } from 'node:timers/promises';

import { kill } from './kill';
import { log } from './log';
import { startStage, type Stage } from './stage';
import { Waits } from './waits';

const WAITS = 10;

/** For as long as this after its start, n8n's waits are not woken. */
const YOUTH_MS = 150_000;
const PATIENCE_MS = 8 * 60_000;

let stage: Stage;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
});

afterAll(async () => {
	await stage?.close();
});

it(`ends ${WAITS} durable waits on the right branch, once each, while their addresses are called all the time and n8n is killed`, async () => {
	const waits = await Waits.start(stage, {
		waitMode: 'durable',
		count: WAITS,
		durationsMs: [YOUTH_MS, YOUTH_MS + 60_000],
		maxWaitMinutes: 5,
		slowChecks: true,
		tellsAddress: true,
	});
	await waits.untilParked();
	const storm = new Storm(waits);
	await storm.untilWoken(YOUTH_MS + 60_000);
	await kill(stage.main, 'n8n', waits);
	await waits.untilReported(PATIENCE_MS);
	await storm.end();
	await waits.log();
	log(`${storm.calls} rounds of calls have brought about ${storm.woken} checks`);
	expect(waits.result).toEqual({ waits: WAITS, right: WAITS, wrong: 0, repeated: 0, lost: 0 });
	expect(storm.woken).toBeGreaterThan(0);
});

/** Calls the addresses of all waits again and again, whatever n8n answers. */
class Storm {
	calls = 0;
	woken = 0;
	private isOver = false;
	private readonly done: Promise<void>;

	constructor(waits: Waits) {
		this.done = this.run(waits);
	}

	/** Waits until calls have brought about further checks, which take a second each. */
	async untilWoken(timeoutMs: number): Promise<void> {
		const { woken } = this;
		const giveUpAt = Date.now() + timeoutMs;
		while (this.woken === woken && Date.now() < giveUpAt) await sleep(50);
	}

	async end(): Promise<void> {
		this.isOver = true;
		await this.done;
	}

	private async run(waits: Waits): Promise<void> {
		while (!this.isOver) {
			this.calls++;
			this.woken += await waits.call();
			await sleep(2_000);
		}
	}
}
