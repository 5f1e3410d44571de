import { setTimeout as sleep } from 'node:timers/promises';

import { scriptCrawls, tally, type ExpectedCrawl, type Tally } from './crawls';
import type { ExecutionStatus, ExecutionSummary } from '../support/n8n/execution';
import type { JobScript } from '../support/simulator';
import { log } from './log';
import type { Stage } from './stage';
import { waitWorkflow } from './waitWorkflow';

/** How many workflows are started at a time. */
const STARTS_AT_ONCE = 10;

export interface WaitsOptions {
	waitMode: 'durable' | 'inExecution';
	/** How many; each has an execution of its own. */
	count: number;
	/** The shortest and the longest crawl. */
	durationsMs: [number, number];
	maxWaitMinutes: number;
	/** Whether every check but the first takes a second, so that a kill can hit it. */
	slowChecks: boolean;
	/** Whether {@link Waits.call} can be used. */
	tellsAddress?: boolean;
}

const SLOW_CHECKS: JobScript['faults'] = [
	{ check: [2, 100], fault: { kind: 'slow', delayMs: 1_000 } },
];

/** Many waits of all outcomes, each in an execution of its own. */
export class Waits {
	private constructor(
		private readonly stage: Stage,
		private readonly workflowId: string,
		private readonly options: WaitsOptions,
		private readonly crawls: ExpectedCrawl[],
		/** When the workflow of each crawl was started, in milliseconds since the epoch. */
		private readonly startedAt: number[],
	) {}

	static async start(stage: Stage, options: WaitsOptions): Promise<Waits> {
		const { n8n, simulator } = stage;
		const { waitMode, count, durationsMs, maxWaitMinutes, slowChecks, tellsAddress } = options;
		const definition = waitWorkflow(stage, {
			path: waitMode,
			waitMode,
			options: { maxWaitMinutes },
			...(tellsAddress && { tellsAddress }),
		});
		const workflow = await n8n.createWorkflow(definition);
		await n8n.activateWorkflow(workflow);
		const faults = slowChecks ? SLOW_CHECKS : [];
		const crawls = scriptCrawls(simulator, waitMode, count, durationsMs, faults);
		const startedAt: number[] = [];
		for (let first = 0; first < count; first += STARTS_AT_ONCE) {
			const batch = crawls.slice(first, first + STARTS_AT_ONCE);
			startedAt.push(...batch.map(() => Date.now()));
			await Promise.all(
				batch.map(async ({ jobId }) => await n8n.triggerWebhook(waitMode, { jobs: [{ jobId }] })),
			);
		}
		log(`${count} waits have been started: ${waitMode}`);
		return new Waits(stage, workflow.id, options, crawls, startedAt);
	}

	get result(): Tally {
		return tally(this.crawls, this.stage.simulator.crmCalls);
	}

	/** From the start of each workflow to its report, added up. */
	get waitedMs(): number {
		const { crmCalls } = this.stage.simulator;
		const reportedAt = new Map(crmCalls.map(({ path, at }) => [path.split('/')[2], at]));
		return this.crawls
			.map(({ jobId }, index) => (reportedAt.get(jobId) ?? 0) - (this.startedAt[index] ?? 0))
			.filter((waitedMs) => waitedMs > 0)
			.reduce((sum, waitedMs) => sum + waitedMs, 0);
	}

	/** Waits until none of the executions is running. */
	async untilParked(): Promise<void> {
		do await sleep(500);
		while ((await this.executionsThatAre(['new', 'running'])).length > 0);
		log(`all waits are parked: ${this.options.waitMode}`);
	}

	/** Waits until all have been reported, or until that takes too long. */
	async untilReported(timeoutMs: number): Promise<void> {
		const giveUpAt = Date.now() + timeoutMs;
		while (this.result.lost > 0 && Date.now() < giveUpAt) await sleep(1_000);
	}

	/**
	 * Calls the resume address of every execution, as providers would, one after the other.
	 * @returns how many of the calls brought about a check
	 */
	async call(): Promise<number> {
		let woken = 0;
		for (const { path, body } of this.stage.simulator.crmCalls) {
			const { address } = (body ?? {}) as { address?: string };
			if (!path.startsWith('/address/') || address === undefined) continue;
			const answer = await fetch(address, { method: 'POST', body: '{"status":"done"}' }).catch(
				() => null,
			);
			if ((await answer?.text().catch(() => ''))?.includes('are checked now')) woken++;
		}
		return woken;
	}

	/** Waits until the answer to a check is under way, which takes a second. */
	async untilInCheck(): Promise<void> {
		const { requests } = this.stage.simulator;
		const seen = requests.length;
		while (requests.length === seen) await sleep(50);
		await sleep(200);
	}

	/** Writes what came of them; of executions that did not end well, what n8n says. */
	async log(): Promise<void> {
		const { waits, right, wrong, repeated, lost } = this.result;
		log(
			`${this.options.waitMode}: ${waits} waits, ${right} right, ${wrong} wrong, ${repeated} repeated, ${lost} lost`,
		);
		if (right === waits) return;
		const ids = new Map<string, string[]>();
		for (const { id, mode, status } of await this.executionsThatAre(['crashed', 'error'])) {
			const { error } = (await this.stage.n8n.getExecution(id)).data.resultData;
			const fate = `${mode}, ${status}: ${error?.message ?? 'no error'}`;
			ids.set(fate, [...(ids.get(fate) ?? []), id]);
		}
		for (const [fate, executions] of ids) log(`  ${fate} (executions ${executions.join(', ')})`);
	}

	/** The latest of the waits' executions in such a status, those of supervisors and watchers too. */
	async executionsThatAre(status: ExecutionStatus[]): Promise<ExecutionSummary[]> {
		return await this.stage.n8n.listExecutions({ workflowId: this.workflowId, status });
	}
}
