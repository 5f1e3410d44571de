import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, midPilotNode, NO_ID, sessionId } from './midPilotNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { createSession, credential, midPilot, scripted } = midPilotNode(simulator);

describe('what goes wrong', () => {
	const getStatus = async (change: Partial<NodeCall> = {}, parameters: INodeParameters = {}) =>
		await midPilot(
			{ resource: 'crawl', operation: 'getStatus', sessionId, jobId: JOB_ID, ...parameters },
			change,
		);

	const scriptFault = (fault: object) =>
		scripted({ faults: [{ check: 'all', fault: fault as never }] });

	it("shows nothing of a proxy's web page when it refuses the key", async () => {
		const { error } = await getStatus({ credentials: credential({ headerValue: 'wrong' }) });
		expect(error?.message).toContain('rejected the credential (HTTP 401)');
		expect(error?.description).toBe(
			"Check 'Header Name' and 'Header Value' in the credential: the server, or a proxy in front of it, requires a key.",
		);
	});

	it.each([
		['no such session', { detail: 'Session abc not found' }, 404, 'Session abc not found'],
		[
			'values that are refused',
			{ detail: [{ loc: ['query', 'jobId'], msg: 'Input should be a valid UUID', type: 'x' }] },
			422,
			'jobId: Input should be a valid UUID',
		],
		[
			'a missing key, in the words of newer servers',
			{ error: { code: 'missing_api_key', message: 'Missing API key.' } },
			401,
			'Missing API key.',
		],
	])('shows what the server says about %s', async (_, body, status, words) => {
		scriptFault({ kind: 'http', status, body });
		const { error } = await getStatus();
		expect(error?.message).toContain(`HTTP ${status}`);
		expect(error?.description).toContain(words);
	});

	it.each([
		['an unknown crawl', { kind: 'notFound' }, 'midPilot could not find the crawl'],
		['a web page', { kind: 'html' }, 'returned a web page instead of JSON'],
		['a body cut in half', { kind: 'cutBody' }, 'returned damaged or incomplete JSON'],
		['an empty body', { kind: 'emptyBody' }, 'not a midPilot crawl'],
		['a server error', { kind: 'http', status: 500 }, 'is not working right now (HTTP 500)'],
		[
			'another crawl',
			{ kind: 'http', status: 200, body: { jobId: NO_ID, status: 'finished' } },
			'returned a different crawl',
		],
	])('says what happened on %s', async (_, fault, message) => {
		scriptFault(fault);
		const { error } = await getStatus();
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
	});

	it('says that a session has had no crawl yet', async () => {
		const created = (await createSession()).json[0];
		const { error } = await getStatus({}, { sessionId: created?.sessionId as string, jobId: '' });
		expect(error?.description).toContain('until one has been started in it');
	});

	it('never shows the key, also when the server sends it back', async () => {
		scriptFault({ kind: 'echoCredential', status: 403 });
		const { error } = await getStatus();
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain(simulator.credentials.midPilot.headerValue);
	});
});

describe('Wait Until Crawl Done', () => {
	const wait = async (item: IDataObject) =>
		await runNode({
			type: 'waitUntilCrawlDone',
			parameters: {
				provider: 'midPilot',
				options: { responsiveness: 'fixed', intervalSeconds: 1, maxWaitMinutes: 0.2 },
			},
			credentials: credential(),
			items: [item],
		});

	it('waits for a started crawl with nothing filled in', async () => {
		const started = await midPilot({
			resource: 'crawl',
			operation: 'start',
			starterLinks: `${simulator.siteUrl}handbook/`,
			applicationName: 'Handbook',
			options: { createSession: true, skipCache: true },
		});
		const { json } = await wait(started.json[0] ?? {});
		expect(json).toEqual([
			expect.objectContaining({ jobId: started.json[0]?.jobId, status: 'succeeded' }),
		]);
	});

	it.each([
		['succeeded', 0],
		['failed', 1],
	] as const)('sends a crawl that ended as %s to its output', async (outcome, index) => {
		const jobId = scripted({ outcome });
		const { outputs } = await wait({ jobId, reference: { sessionId, jobId } });
		expect(outputs.map((items) => items.length)).toEqual(
			[0, 0, 0, 0].map((count, output) => (output === index ? 1 : count)),
		);
	});

	it('goes on when the server does not know the crawl for a moment', async () => {
		const jobId = scripted({ faults: [{ check: 1, fault: { kind: 'notFound' } }] });
		const { json } = await wait({ jobId, reference: { sessionId, jobId } });
		expect(json[0]).toMatchObject({ jobId, status: 'succeeded' });
	});
});
