import type { INodeParameters } from 'n8n-workflow';

import type { NodeCall } from '../support/engine/runNode';
import { useSimulator } from '../support/useSimulator';
import { midPilotNode, NO_ID, sessionId } from './midPilotNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { createSession, midPilot, scripted } = midPilotNode(simulator);

describe('Session', () => {
	const deleteSession = async (id: string) =>
		await midPilot({ resource: 'session', operation: 'delete', sessionId: id });

	it('Create gives a new session', async () => {
		const { json } = await createSession();
		expect(json).toEqual([
			{
				sessionId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
				reference: { sessionId: json[0]?.sessionId },
			},
		]);
		expect(simulator.requests).toHaveLength(1);
	});

	it('Create takes an ID of the user', async () => {
		const newSessionId = '11111111-1111-4111-8111-111111111111';
		const { json } = await createSession({ newSessionId });
		expect(json[0]).toMatchObject({ sessionId: newSessionId });
	});

	it('Create says that an ID is taken', async () => {
		scripted();
		const { error } = await createSession({ newSessionId: sessionId });
		expect(error?.message).toContain('already has a session with this ID (HTTP 409)');
		expect(error?.description).toContain('Use that session');
	});

	it('Delete deletes a session, and says which', async () => {
		const created = (await createSession()).json[0];
		const { json } = await deleteSession(created?.sessionId as string);
		expect(json).toEqual([{ deleted: true, ...created }]);
	});

	it('Delete says that a session does not exist', async () => {
		const { error } = await deleteSession(NO_ID);
		expect(error?.message).toContain('could not find what was requested (HTTP 404)');
		expect(error?.description).toContain("Check 'Session ID'");
	});
});

describe('Crawl: Start', () => {
	const start = async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
		await midPilot(
			{
				resource: 'crawl',
				operation: 'start',
				starterLinks: simulator.siteUrl,
				applicationName: 'Bike Workshop',
				...parameters,
			},
			change,
		);

	it('gives the new crawl as a queued CrawlJob', async () => {
		scripted();
		const { json } = await start({ sessionId });
		expect(json).toEqual([
			expect.objectContaining({
				provider: 'midPilot',
				status: 'queued',
				rawStatus: null,
				url: simulator.siteUrl,
				reference: { sessionId, jobId: json[0]?.jobId },
			}),
		]);
	});

	it('sends one request, with no more than what the user set', async () => {
		scripted();
		await start({ sessionId });
		expect(simulator.requests.map(({ body }) => body)).toEqual([
			{ starterLinks: [simulator.siteUrl], applicationName: 'Bike Workshop' },
		]);
	});

	it('sends every option by its name in the API', async () => {
		scripted();
		const links = [`${simulator.siteUrl}blog/`, `${simulator.siteUrl}handbook/`];
		await start({
			sessionId,
			starterLinks: links.join('\n'),
			options: { applicationVersion: '4.9', skipCache: true },
		});
		expect(simulator.requests.map(({ body }) => body)).toEqual([
			{
				starterLinks: links,
				applicationName: 'Bike Workshop',
				applicationVersion: '4.9',
				skipCache: true,
			},
		]);
	});

	it('takes the session that Create has made, with nothing filled in', async () => {
		const created = (await createSession()).json[0] ?? {};
		const { json } = await start({}, { items: [created] });
		expect(json[0]?.reference).toMatchObject({ sessionId: created.sessionId });
	});

	it.each([{}, { createSession: true }])(
		'makes a session when there is none (%j)',
		async (options) => {
			const { json } = await start({ options });
			expect(simulator.requests.map(({ path }) => path)).toEqual([
				'/api/v1/session',
				`/api/v1/scrape/${(json[0]?.reference as { sessionId: string }).sessionId}/scrape`,
			]);
		},
	);

	it('makes no session when there is one', async () => {
		scripted();
		await start({ sessionId, options: { createSession: true } });
		expect(simulator.requests).toHaveLength(1);
	});

	it.each([
		[
			'no session where none is to be made',
			{ sessionId: '={{ $json.nothing }}', options: { createSession: false } },
			"'Session ID' is missing",
		],
		['no links', { sessionId: NO_ID, starterLinks: '={{ [] }}' }, "'Starter Links' is missing"],
		['a bad link', { sessionId: NO_ID, starterLinks: 'docs' }, "Entry 1 of 'Starter Links' is not"],
		['no name', { sessionId: NO_ID, applicationName: ' ' }, "'Application Name' is missing"],
		['a bad session', { sessionId: '../session' }, "'Session ID' is not a valid ID"],
	])('refuses %s, and sends nothing', async (_, parameters, message) => {
		const { error } = await start(parameters);
		expect(error?.message).toContain(message);
		expect(simulator.requests).toHaveLength(0);
	});

	it('makes no session for values that it refuses', async () => {
		await start({ starterLinks: 'docs', options: { createSession: true } });
		expect(simulator.requests).toHaveLength(0);
	});
});
