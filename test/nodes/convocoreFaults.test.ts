import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { useSimulator } from '../support/useSimulator';
import { convocoreNode, JOB_ID } from './convocoreNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { convocore, credential, scripted } = convocoreNode(simulator);

describe('what goes wrong', () => {
	const getStatus = async (change: Partial<NodeCall> = {}, more: INodeParameters = {}) =>
		await convocore({ resource: 'crawl', operation: 'getStatus', jobId: JOB_ID, ...more }, change);

	const scriptFault = (fault: object) =>
		scripted({ faults: [{ check: 'all', fault: fault as never }] });

	it.each([
		['a wrong secret', { workspaceSecret: 'wrong' }, 'HTTP 401', 'valid in its own region'],
		['a foreign workspace', { workspaceId: 'foreign' }, 'HTTP 403', 'secret and region'],
	])('advises on %s', async (_, change, message, advice) => {
		const { error } = await getStatus({ credentials: credential(change) });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(advice);
	});

	it.each([
		[
			'a plan that is too small',
			{ status: 403, body: { message: 'Upgrade your plan: https://convocore.ai/billing' } },
			'The plan of the workspace does not include this',
		],
		[
			'values that are refused',
			{
				status: 400,
				body: { message: 'Invalid', code: 'BAD_REQUEST', issues: [{ message: 'limit too big' }] },
			},
			'Invalid; limit too big',
		],
		[
			'a refusal inside a success',
			{ status: 200, body: { success: false, message: 'Unauthorized', data: null } },
			'valid in its own region',
		],
		[
			'a refusal inside a success that is about values',
			{
				status: 200,
				body: {
					success: false,
					message: 'Invalid',
					code: 'BAD_REQUEST',
					issues: [{ message: 'limit too big' }],
				},
			},
			"Check the node's fields. Convocore says: Invalid; limit too big",
		],
		[
			'a refusal inside a success that is about money, whatever data it has',
			{
				status: 200,
				body: { success: false, message: 'No', code: 'PAYMENT_REQUIRED', data: { left: 10 } },
			},
			'Check the balance and plan of the account. Convocore says: No',
		],
		[
			'a message with an internal address',
			{ status: 500, body: { message: 'No http://10.1.2.3/x\n    at run (/srv/app/a.js:1:2)' } },
			'Convocore says: No [internal address]',
		],
	])('explains %s', async (_, fault, advice) => {
		scriptFault({ kind: 'http', ...fault });
		const { error } = await getStatus();
		expect(error?.description).toContain(advice);
	});

	it.each([
		['an unknown crawl', { kind: 'notFound' }, 'could not find what was requested (HTTP 404)'],
		['a web page', { kind: 'html' }, 'returned a web page instead of JSON'],
		['a body cut in half', { kind: 'cutBody' }, 'returned damaged or incomplete JSON'],
		['an empty body', { kind: 'emptyBody' }, 'not a Convocore crawl job'],
		['an overload', { kind: 'http', status: 429 }, 'received too many requests (HTTP 429)'],
		[
			'another crawl',
			{ kind: 'http', status: 200, body: { success: true, data: { id: 'b', done: true } } },
			'returned a different crawl',
		],
	])('says what happened on %s', async (_, fault, message) => {
		scriptFault(fault);
		const { error } = await getStatus();
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
	});

	it.each([
		['Crawl', { jobId: '../../agents' }],
		['Workspace', { workspaceId: 'a/b' }],
	])('refuses a malformed id as %s, and sends nothing', async (label, parameters) => {
		const { error } = await getStatus({}, parameters);
		expect(error?.message).toContain(`'${label}' is not a valid ID`);
		expect(simulator.requests).toHaveLength(0);
	});

	it('never shows the secret, also when the server sends it back', async () => {
		scriptFault({ kind: 'echoCredential', status: 403 });
		const { error } = await getStatus();
		expect(error?.description).toContain('[redacted]');
		expect(JSON.stringify(error)).not.toContain(simulator.credentials.convocore.workspaceSecret);
	});
});

describe('Wait Until Crawl Done', () => {
	const wait = async (item: IDataObject, parameters: INodeParameters = {}) =>
		await runNode({
			type: 'waitUntilCrawlDone',
			parameters: {
				provider: 'convocore',
				options: { responsiveness: 'fixed', intervalSeconds: 1, maxWaitMinutes: 0.2 },
				...parameters,
			},
			credentials: credential(),
			items: [item],
		});

	it('waits for a started crawl with nothing filled in', async () => {
		const started = await convocore({
			resource: 'crawl',
			operation: 'start',
			urls: `${simulator.siteUrl}handbook/`,
		});
		const { json } = await wait(started.json[0] ?? {});
		expect(json).toEqual([
			expect.objectContaining({ jobId: started.json[0]?.jobId, status: 'succeeded' }),
		]);
	});

	it.each([
		['succeeded', 0],
		['failed', 1],
		['cancelled', 2],
	] as const)('sends a crawl that ended as %s to its output', async (outcome, index) => {
		const { outputs } = await wait({ jobId: scripted({ outcome }) });
		expect(outputs.map((items) => items.length)).toEqual(
			[0, 0, 0, 0].map((count, output) => (output === index ? 1 : count)),
		);
	});
});
