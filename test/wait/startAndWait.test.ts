import { setTimeout as sleep } from 'node:timers/promises';

import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { nodeOf, startParameters } from '../nodes/providerStarts';
import { Executions } from '../support/engine/executions';
import { startNode } from '../support/engine/runNode';
import { START } from '../support/engine/runWorkflow';
import type { CredentialValues } from '../support/engine/credentialsHelper';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startApi, type ScriptedApi } from '../support/listServer';
import type { Simulator } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import { SUPERVISOR, useWakeUpClock, WATCHER } from './durableWait';

const NODE = 'Start and Wait';

interface Call {
	type: string;
	parameters: INodeParameters;
	credentials: CredentialValues;
	/** How many input items there are. */
	count?: number;
	settings?: Partial<INode>;
	workflowId?: string;
}

/** The node in n8n's engine, with all the executions that it starts. */
async function run({ type, parameters, credentials, count = 1, settings, workflowId }: Call) {
	const executions = new Executions({
		nodes: [
			{
				name: NODE,
				type: `n8n-nodes-crawl-jobs.${type}`,
				parameters: { resource: 'crawl', operation: 'startAndWait', ...parameters },
				...settings,
			},
		],
		connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		items: Array.from({ length: count }, (_, index) => ({ index })),
		credentials,
		...(workflowId !== undefined && { workflowId }),
	});
	const id = await executions.start();
	const current = () => executions.run(id);
	const wakeUp = async () => {
		const watcher = executions.latest(WATCHER);
		const { waitTill } = executions.data(watcher) ?? {};
		jest.setSystemTime(new Date(waitTill ?? NaN));
		await executions.resume(watcher);
	};
	return {
		id,
		executions,
		status: () => current().run.status,
		error: () => current().error,
		items: (): INodeExecutionData[] => current().outputsOf(NODE)[0] ?? [],
		wakeUp,
		async untilOver() {
			while (current().run.status === 'waiting') await wakeUp();
		},
	};
}

describe.each(providers)('Start and Wait at $displayName', (provider) => {
	const simulator = useSimulator({ pageDelayMs: 1, discoveryEnd: 'Successful' });

	const startAndWait = async (parameters: INodeParameters) => {
		const call = await run({
			type: nodeOf(provider),
			parameters: { ...startParameters(simulator)[provider.id], ...parameters },
			credentials: simulatorCredentials(simulator),
		});
		await call.untilOver();
		expect(call.error()).toBeUndefined();
		expect(call.items()).toMatchObject([
			{ json: { provider: provider.id, status: 'succeeded', wait: { outcome: 'succeeded' } } },
		]);
		expect(startsAt(simulator)).toHaveLength(1);
	};

	it('starts one crawl in the execution, and gives it with its outcome', async () => {
		await startAndWait({ options: { responsiveness: 'fixed', intervalSeconds: 1 } });
	});

	describe('in a durable wait', () => {
		useWakeUpClock();

		it('starts one crawl, and gives it with its outcome', async () => {
			await startAndWait({
				waitMode: 'durable',
				// A fast machine wakes up so often that it meets the rate limit.
				options: { maxConsecutiveFailures: 0, maxWaitMinutes: 50_000 },
			});
		});
	});
});

/** The requests that start something, but for midPilot's sessions. */
function startsAt({ requests }: Simulator): string[] {
	return requests
		.filter(({ method, path }) => method === 'POST' && !path.endsWith('/session'))
		.map(({ path }) => path);
}

describe('a crawl that was started', () => {
	let api: ScriptedApi;
	/** What Geonode says at each look-up; the last word stays. */
	let words: string[] = [];
	let starts = 0;
	/** Whether the answers to starts do not come. */
	let losesStarts = false;
	let answersWithoutId = false;
	/** How many starts are refused. */
	let refusals = 0;
	/** The number of the start from which on none is answered. */
	let hangsFrom = Infinity;

	beforeEach(async () => {
		starts = 0;
		losesStarts = false;
		answersWithoutId = false;
		refusals = 0;
		hangsFrom = Infinity;
		words = ['completed'];
		api = await startApi(({ method, path }) => {
			if (method === 'POST' && refusals-- > 0) return { status: 429, body: {} };
			if (method === 'POST' && losesStarts) return { status: 500, body: ++starts };
			if (method === 'POST' && answersWithoutId) return { body: { ok: ++starts > 0 } };
			if (method === 'POST' && starts + 1 === hangsFrom) return null;
			if (method === 'POST') return { body: { job_id: `job${++starts}`, status: 'queued' } };
			const status = words.length > 1 ? words.shift() : words[0];
			return { body: { job_id: path.split('/').at(-1), status } };
		});
	});
	afterEach(async () => {
		await api.close();
	});
	useWakeUpClock();

	const geonode = async (parameters: INodeParameters, change: Partial<Call> = {}) =>
		await run({
			type: 'geonodeCrawler',
			parameters: { url: 'https://example.com/', ...parameters },
			credentials: { geonodeScraperApi: { apiKey: 'key-1234', baseUrl: api.url } },
			...change,
		});

	it.each(['failed', 'cancelled'])('is an item when it has %s', async (status) => {
		words = [status];
		const { items } = await geonode({});
		expect(items()).toMatchObject([{ json: { status }, pairedItem: { item: 0 } }]);
	});

	it.each([
		['failed', 'The crawl failed: Geonode reports the crawl as failed and gives no reason'],
		['cancelled', 'The crawl was cancelled'],
	])('onFailedCrawl: can be an error when it has %s', async (status, message) => {
		words = [status];
		const { error } = await geonode({ options: { onFailedCrawl: 'error' } });
		expect(error()).toMatchObject({
			message: expect.stringContaining(`${message} [item 0]`),
			description: expect.stringContaining('its ID is job1'),
		});
	});

	it.each(['inExecution', 'durable'])(
		'is named by an error of the wait for it (%s)',
		async (waitMode) => {
			words = ['processing'];
			const call = await geonode({ waitMode, options: { maxWaitMinutes: 0, onDeadline: 'error' } });
			await call.untilOver();
			expect(call.error()).toMatchObject({
				message: expect.stringContaining('did not end within'),
				description: expect.stringContaining('its ID is job1'),
			});
		},
	);

	it('is named by the error of another item that stops the node', async () => {
		const { error } = await geonode(
			{ url: "={{ $json.index === 1 ? 'no address' : 'https://example.com/' }}" },
			{ count: 3 },
		);
		expect(error()).toMatchObject({
			message: expect.stringContaining('[item 1]'),
			description: expect.stringContaining('its ID is job1'),
		});
		expect(starts).toBe(1);
	});

	it.each([
		[2, /their IDs are job1, job2\. Look/],
		[20, /their IDs are job1, .+, job20\. Look/],
		[22, /their IDs are job1, .+, job20 and 2 more\. Look/],
	])('is named by it with %i others, as far as a person reads', async (count, names) => {
		const { error } = await geonode(
			{ url: `={{ $json.index === ${count} ? 'no address' : 'https://example.com/' }}` },
			{ count: count + 1 },
		);
		expect(error()).toMatchObject({ description: expect.stringMatching(names) });
	});

	it('is named by the error of its own item where n8n goes on', async () => {
		words = ['processing'];
		const { items } = await geonode(
			{ options: { maxWaitMinutes: 0, onDeadline: 'error' } },
			{ count: 2, settings: { onError: 'continueRegularOutput' } },
		);
		const named = items().map(({ json }) => JSON.stringify(json).match(/job\d/g));
		expect(named).toEqual([['job1'], ['job2']]);
	});

	it('loses nothing to an item that cannot be started', async () => {
		const { items } = await geonode(
			{ url: "={{ $json.index === 1 ? 'no address' : 'https://example.com/' }}" },
			{ count: 3, settings: { onError: 'continueRegularOutput' } },
		);
		expect(items()).toMatchObject([
			{ json: { jobId: 'job1', status: 'succeeded' } },
			{ json: { error: expect.stringContaining('[item 1]') } },
			{ json: { jobId: 'job2', status: 'succeeded' } },
		]);
	});

	it.each(['inExecution', 'durable'])(
		'is not started again by Retry On Fail (%s)',
		async (waitMode) => {
			words = ['processing'];
			const call = await geonode(
				{ waitMode, options: { maxWaitMinutes: 0, onDeadline: 'error' } },
				{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
			);
			await call.untilOver();
			expect([call.status(), starts]).toEqual(['error', 1]);
		},
	);

	it.each([
		['inExecution', ['completed']],
		['durable', ['processing', 'completed']],
	])(
		'is not started again by Retry On Fail after an item with an error (%s)',
		async (waitMode, itsWords) => {
			words = itsWords;
			const call = await geonode(
				{ waitMode, url: "={{ $json.index === 0 ? 'no address' : 'https://example.com/' }}" },
				{
					count: 3,
					settings: {
						onError: 'continueRegularOutput',
						retryOnFail: true,
						maxTries: 3,
						waitBetweenTries: 1,
					},
				},
			);
			await call.untilOver();
			expect(starts).toBe(2);
			expect(call.items()).toMatchObject([
				{ json: { error: expect.stringContaining('[item 0]') } },
				{ json: { status: 'succeeded' } },
				{ json: { status: 'succeeded' } },
			]);
		},
	);

	it.each(['inExecution', 'durable'])(
		'is not started again by Retry On Fail where nobody knows whether it was (%s)',
		async (waitMode) => {
			losesStarts = true;
			const { error } = await geonode(
				{ waitMode },
				{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
			);
			expect(starts).toBe(1);
			expect(error()).toMatchObject({
				message: expect.stringContaining('not started again'),
				description: expect.stringContaining("Look it up with 'Get Many'"),
			});
		},
	);

	it('is not started again by Retry On Fail where the answer has no ID', async () => {
		answersWithoutId = true;
		const { error } = await geonode(
			{},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(starts).toBe(1);
		expect(error()?.message).toContain('not started again');
	});

	it('is started by Retry On Fail where what comes before the start has failed', async () => {
		let lists = 0;
		const pathors = await startApi(({ method }) => {
			if (method === 'POST') return { body: { jobId: 'job1' } };
			// Longer than anything in a node waits.
			if (++lists === 1) return { status: 503, headers: { 'retry-after': '3600' }, body: {} };
			return { body: { jobs: lists === 2 ? [] : [{ jobId: 'job1', status: 'completed' }] } };
		});
		const { items } = await geonode(
			{ projectId: 'p', knowledgeBaseId: 'k' },
			{
				type: 'pathorsCrawler',
				credentials: { pathorsDeveloperApi: { developerKey: 'dk_1', baseUrl: pathors.url } },
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		await pathors.close();
		expect(items()).toMatchObject([{ json: { jobId: 'job1', status: 'succeeded' } }]);
	});

	it('is started by Retry On Fail where it surely was not', async () => {
		refusals = 1;
		const { items } = await geonode(
			{},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);
		expect(items()).toMatchObject([{ json: { jobId: 'job1', status: 'succeeded' } }]);
	});

	it('cancelRemote: is cancelled too when the execution is stopped while another one is started', async () => {
		hangsFrom = 2;
		const { finished, stop } = startNode({
			type: 'geonodeCrawler',
			parameters: {
				resource: 'crawl',
				operation: 'startAndWait',
				url: 'https://example.com/',
				options: { cancelRemote: true },
			},
			credentials: { geonodeScraperApi: { apiKey: 'key-1234', baseUrl: api.url } },
			items: [{}, {}],
		});
		while (api.questions.length < 2) await sleep(10);
		stop();
		await finished;
		expect(api.questions.slice(2)).toEqual([expect.stringMatching(/^DELETE .*job1$/)]);
	});

	it('is forgotten by the tool of an AI agent, each call of which starts one', async () => {
		words = ['processing'];
		// A second try stands in for a second call: both run the node again with the same context.
		await geonode(
			{ options: { maxWaitMinutes: 0, onDeadline: 'error' } },
			{
				type: 'geonodeCrawlerTool',
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);
		expect(starts).toBe(2);
	});

	it.each(['lose', 'fail'] as const)(
		'is not started again when n8n loses the executions that wait for it (%s)',
		async (loss) => {
			words = ['processing', 'processing', 'completed'];
			const call = await geonode({ waitMode: 'durable' });
			await call.wakeUp();
			await call.executions[loss](call.executions.idsOf(SUPERVISOR)[0] ?? '');
			await call.untilOver();
			expect(call.items()).toMatchObject([{ json: { jobId: 'job1', status: 'succeeded' } }]);
			expect(starts).toBe(1);
		},
	);

	it('is not started where a durable wait could not begin', async () => {
		const { error } = await geonode({ waitMode: 'durable' }, { workflowId: '' });
		expect(error()?.message).toContain('saved workflow');
		expect(starts).toBe(0);
	});

	it('is not started with an option of the wait that is not valid', async () => {
		const { error } = await geonode({ options: { maxWaitMinutes: 'soon' } });
		expect(error()?.message).toContain("'Maximum Wait'");
		expect(starts).toBe(0);
	});

	it('cannot be checked once', async () => {
		const { error } = await geonode({ waitMode: 'checkOnce' });
		expect(error()?.description).toBe('Use one of: Durable, In This Execution.');
		expect(starts).toBe(0);
	});
});
