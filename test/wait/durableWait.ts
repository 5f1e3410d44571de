import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { Executions, type Loss } from '../support/engine/executions';
import { START, type TestWorkflow } from '../support/engine/runWorkflow';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { Simulator } from '../support/simulator';

export const WATCHER = 'Durable wait: watcher';
export const SUPERVISOR = 'Durable wait: supervisor';
export const GUARD = 'Durable wait: guard';

const WAIT = 'Wait';
const BRANCHES = ['Success', 'Failed', 'Cancelled', 'Still Running', 'Error'];

export interface DurableWaitOptions {
	items: IDataObject[];
	/** Of the wait node; it waits for Geonode jobs unless they say otherwise. */
	parameters?: INodeParameters;
	options?: INodeParameters;
	settings?: Partial<INode>;
	/** Whether Still Running leads back into the wait node. */
	isLoop?: boolean;
	/** What n8n knows of the workflow beside its nodes. */
	workflow?: Partial<
		Pick<TestWorkflow, 'executionId' | 'mode' | 'settings' | 'timeoutAt' | 'waitingUrl'>
	>;
}

/** A durable wait in the engine, with a node on each output that tells where its items came from. */
export class DurableWait {
	private constructor(
		readonly executions: Executions,
		/** The user's execution. */
		readonly id: string,
	) {}

	static async start(
		simulator: Simulator,
		{ items, parameters, options = {}, settings, isLoop = false, workflow }: DurableWaitOptions,
	): Promise<DurableWait> {
		const outputs = settings?.onError === 'continueErrorOutput' ? BRANCHES : BRANCHES.slice(0, 4);
		const executions = new Executions({
			nodes: [
				{
					name: WAIT,
					type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
					parameters: { provider: 'geonode', ...parameters, waitMode: 'durable', options },
					...settings,
				},
				...BRANCHES.map((name) => ({
					name,
					type: 'test.evaluate',
					parameters: { value: `={{ $('${START}').item.json.jobId }}` },
				})),
			],
			connections: {
				[START]: { main: [[{ node: WAIT, type: 'main', index: 0 }]] },
				[WAIT]: {
					main: outputs.map((name) => {
						const node = isLoop && name === 'Still Running' ? WAIT : name;
						return [{ node, type: 'main', index: 0 }];
					}),
				},
			},
			items,
			credentials: simulatorCredentials(simulator),
			...workflow,
		});
		return new DurableWait(executions, await executions.start());
	}

	get status(): string {
		return this.executions.run(this.id).run.status;
	}

	get errorMessage(): string | undefined {
		return this.executions.run(this.id).error?.message;
	}

	/** What the wait node let out, by output. */
	get outputs(): INodeExecutionData[][] {
		return this.executions.run(this.id).outputsOf(WAIT);
	}

	/** What n8n shows at the wait node, as long as it has not run again. */
	get hints(): string[] {
		const run = this.executions.run(this.id);
		return run.hintsOf(WAIT).map(({ message }) => message);
	}

	/** What the node behind each output found by item linking; none for a node that did not run. */
	get linked(): unknown[][] {
		const run = this.executions.run(this.id);
		return BRANCHES.map((name) => (run.outputsOf(name)[0] ?? []).map(({ json }) => json.value));
	}

	/** How many runs of the wait node n8n shows. */
	get runs(): number {
		return this.executions.run(this.id).run.data.resultData.runData[WAIT]?.length ?? 0;
	}

	/** When the watcher wakes up next, in milliseconds since the epoch. */
	get wakesAt(): number {
		return this.dueAt(WATCHER);
	}

	/** When the latest execution of a workflow wakes up next. */
	dueAt(name: string): number {
		const data = this.executions.data(this.executions.latest(name));
		return new Date(data?.waitTill ?? NaN).getTime();
	}

	/** Sets n8n's clock to when the guard looks next, and lets it. */
	async look(): Promise<void> {
		jest.setSystemTime(this.dueAt(GUARD));
		await this.executions.resume(this.executions.latest(GUARD));
	}

	/**
	 * Sets n8n's clock to when the watcher wakes up, and lets it.
	 * @param fate what becomes of the supervisor when the watcher ends
	 */
	async wakeUp(fate?: Loss): Promise<void> {
		jest.setSystemTime(this.wakesAt);
		await this.executions.resume(this.executions.latest(WATCHER), fate);
	}

	/** Wakes the watcher up until it ends, and loses the supervisor that handles that. */
	async loseAtTheEnd(fate: Loss): Promise<void> {
		const watcher = this.executions.latest(WATCHER);
		while (this.executions.run(watcher).run.status === 'waiting') await this.wakeUp(fate);
	}

	/** @returns how often the watcher woke up */
	async untilOver(): Promise<number> {
		let wakeUps = 0;
		for (; this.status === 'waiting'; wakeUps++) {
			if (wakeUps === MAX_WAKE_UPS) throw new Error(`Still waiting after ${wakeUps} wake-ups`);
			await this.wakeUp();
		}
		return wakeUps;
	}
}

/** More than any wait of a test needs: one that goes on would fill the memory. */
const MAX_WAKE_UPS = 1_000;

/** So many hours before now, n8n's clock begins; it never gets ahead of the simulator's. */
const HEAD_START_MS = 60 * 3_600_000;

/** When this file was loaded, as the package was: Jest may have run other files in this process before. */
const LOADED_AT_MS = performance.now();

/** Sets for how long n8n has been running since it loaded the package, in milliseconds. */
export function setAgeOfN8n(ms: number): void {
	jest.spyOn(performance, 'now').mockReturnValue(LOADED_AT_MS + ms);
}

/** Gives n8n a clock that stands until the next wake-up, while the real time goes on. */
export function useWakeUpClock(): void {
	beforeEach(() => {
		jest.useFakeTimers({
			now: Date.now() - HEAD_START_MS,
			doNotFake: [
				'hrtime',
				'nextTick',
				'performance',
				'queueMicrotask',
				'setImmediate',
				'clearImmediate',
				'setInterval',
				'clearInterval',
				'setTimeout',
				'clearTimeout',
			],
		});
		setAgeOfN8n(3_600_000);
	});
	afterEach(() => {
		jest.useRealTimers();
		jest.restoreAllMocks();
	});
	afterAll(async () => {
		// A sleep that the clock was put past ends at its next look at the clock.
		await new Promise((resolve) => setTimeout(resolve, 600));
	});
}
