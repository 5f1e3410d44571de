import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';

import { textOf } from '../../nodes/shared/input';
import type { JobScript, ProviderId, Simulator } from '../support/simulator';
import { PROVIDER_IDS } from '../support/simulator/job';
import { eventPublicKey } from '../support/simulator/providers/highLevelEvents';
import { hasEnded, type Execution } from '../support/n8n/execution';
import { log } from './log';
import type { Stage } from './stage';
import { node } from './waitWorkflow';

export const TRIGGER = 'n8n-nodes-crawl-jobs.crawlFinishedTrigger';
const OUTCOMES: Array<JobScript['outcome']> = ['succeeded', 'failed', 'partial'];

export interface EndsOptions {
	/** How many crawls at each provider. */
	counts: Readonly<Record<ProviderId, number>>;
	/** The shortest and the longest crawl; each has a random length. */
	durationsMs: [number, number];
	/** Lets them end in so many waves, each as long as `durationsMs` says, one so long after the other. */
	waves?: { count: number; everyMs: number };
	/** Switches push on, where the provider can. */
	push?: PushOptions;
	/** When n8n polls; default: once a minute, and with push twice. */
	pollTimes?: INodeParameters[];
}

interface PushOptions {
	/** Where the webhooks are that are entered at the provider, and that Convocore's crawls get. */
	webhookUrl: string;
	convocoreUrl: string;
}

/** n8n polls once a minute at most for each of its times. */
const POLL_TIMES = {
	everyMinute: [{ mode: 'everyMinute' }],
	everyHalfMinute: [
		{ mode: 'custom', cronExpression: '0 * * * * *' },
		{ mode: 'custom', cronExpression: '30 * * * * *' },
	],
};

const PUSH_SECRET = 'secret-of-the-test';
const CONVOCORE_WEBHOOK = 'convocore-0';

/** What came of the ends of some crawls. */
export interface EndsResult {
	crawls: number;
	/** Started the workflow once. */
	once: number;
	repeated: number;
	lost: number;
}

/** Crawls that end in random order at all providers, and a workflow for each provider that they start. */
export class Ends {
	private readonly read = new Map<string, string[]>();

	private constructor(
		private readonly stage: Stage,
		private readonly workflowIds: string[],
		private readonly crawlIds: string[],
	) {}

	static async start(stage: Stage, options: EndsOptions): Promise<Ends> {
		const { counts } = options;
		const crawlIds: string[] = [];
		const workflowIds: string[] = [];
		for (const provider of PROVIDER_IDS) {
			const ids = Array.from({ length: counts[provider] }, () => randomUUID());
			const scripts = ids.map((jobId) => scriptOf(provider, jobId, options));
			for (const script of scripts) stage.simulator.scriptJob(script);
			crawlIds.push(...ids);
			workflowIds.push(await activate(stage, provider, scripts, options));
		}
		log(`${crawlIds.length} crawls are running, and ${workflowIds.length} triggers listen`);
		return new Ends(stage, workflowIds, crawlIds);
	}

	/** The id of the workflow with the trigger for a provider. */
	workflowOf(provider: ProviderId): string {
		return this.workflowIds[PROVIDER_IDS.indexOf(provider)] ?? '';
	}

	/** Waits until every end has started its workflow, or until that takes too long. */
	async untilSeen(timeoutMs: number): Promise<void> {
		const giveUpAt = Date.now() + timeoutMs;
		while (Date.now() < giveUpAt) {
			if ((await this.result()).lost === 0) return;
			await sleep(5_000);
		}
	}

	/** Waits for what n8n would give twice at its next poll, and counts. */
	async counted(pollMs: number): Promise<EndsResult> {
		await sleep(pollMs + 10_000);
		const result = await this.result();
		const { crawls, once, repeated, lost } = result;
		log(`${crawls} crawls: ${once} once, ${repeated} repeated, ${lost} lost`);
		return result;
	}

	/** Counted in n8n's own list of executions, also in those that it has lost. */
	private async result(): Promise<EndsResult> {
		const events: string[] = [];
		for (const workflowId of this.workflowIds) {
			for (const { id } of await this.stage.n8n.listExecutions({ workflowId })) {
				events.push(...(await this.idsOf(id)));
			}
		}
		const times = this.crawlIds.map((id) => events.filter((event) => event === id).length);
		return {
			crawls: times.length,
			once: times.filter((count) => count === 1).length,
			repeated: times.filter((count) => count > 1).length,
			lost: times.filter((count) => count === 0).length,
		};
	}

	/** The crawls that started an execution. One that has ended is read once. */
	private async idsOf(executionId: string): Promise<string[]> {
		const known = this.read.get(executionId);
		if (known !== undefined) return known;
		const execution = await this.stage.n8n.getExecution(executionId);
		const ids = idsIn(execution);
		if (hasEnded(execution)) this.read.set(executionId, ids);
		return ids;
	}
}

function scriptOf(
	provider: ProviderId,
	jobId: string,
	{ durationsMs: [shortest, longest], waves, push }: EndsOptions,
): JobScript {
	const { count, everyMs } = waves ?? { count: 1, everyMs: 0 };
	const waveAt = Math.floor(Math.random() * count) * everyMs;
	const durationMs = Math.round(waveAt + shortest + Math.random() * (longest - shortest));
	const outcome = OUTCOMES[Math.floor(Math.random() * OUTCOMES.length)] ?? 'succeeded';
	const script = { jobId, durationMs, outcome };
	// HighLevel shows one crawl for each knowledge base.
	if (provider === 'highLevel') return { provider, ...script, knowledgeBaseId: `kb-${jobId}` };
	if (provider === 'convocore' && push !== undefined) {
		const url = addressOf(push.convocoreUrl, CONVOCORE_WEBHOOK);
		return { provider, ...script, webhook: { url, secret: PUSH_SECRET } };
	}
	return { provider, ...script };
}

function addressOf(webhookUrl: string, webhookId: string): string {
	return `${webhookUrl}/webhook/${webhookId}/crawl-finished`;
}

async function activate(
	{ n8n, credentials, simulator }: Stage,
	provider: ProviderId,
	scripts: JobScript[],
	{ push, pollTimes }: EndsOptions,
): Promise<string> {
	const usual = push === undefined ? POLL_TIMES.everyMinute : POLL_TIMES.everyHalfMinute;
	const item = pollTimes ?? usual;
	const pushed =
		push === undefined
			? {}
			: { push: true, pushSecret: PUSH_SECRET, pushPublicKey: eventPublicKey };
	const parameters = { provider, pollTimes: { item }, ...pushed };
	const nodes = placesOf(provider, scripts, simulator).map((place, index) => {
		const webhookId = `${provider}-${index}`;
		if (push !== undefined && provider === 'highLevel') {
			simulator.highLevelEventUrls.push(addressOf(push.webhookUrl, webhookId));
		}
		const values = { ...parameters, ...place };
		return node(`Trigger ${index}`, TRIGGER, 1, values, { credentials, webhookId });
	});
	const workflow = await n8n.createWorkflow({ name: provider, nodes, connections: {} });
	await n8n.activateWorkflow(workflow);
	return workflow.id;
}

/** Where the triggers of a workflow look. */
function placesOf(
	provider: ProviderId,
	scripts: JobScript[],
	{ ids }: Simulator,
): INodeParameters[] {
	if (provider === 'geonode') return [{}];
	if (provider !== 'highLevel') return [{ ...ids[provider] }];
	return scripts.flatMap((script) =>
		'knowledgeBaseId' in script
			? [{ ...ids.highLevel, knowledgeBaseId: script.knowledgeBaseId ?? '' }]
			: [],
	);
}

/** As the data of an execution tell, which need not have run a node. */
function idsIn({ data }: Execution): string[] {
	const ran = Object.values(data.resultData.runData).flatMap((runs) => runs[0]?.data?.main ?? []);
	const stack = data.executionData?.nodeExecutionStack ?? [];
	const waits = stack.flatMap((entry) => entry.data.main ?? []);
	const items = (ran.length > 0 ? ran : waits).flatMap((output) => output ?? []);
	return items.map(({ json }) => textOf(json.jobId));
}
