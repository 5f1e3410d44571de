import { useSimulator } from '../useSimulator';
import { startSimulator, type ProviderId } from './index';
import { at, authHeaders, call, pathorsCrawlPath, statusPath } from './testClient';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

const simulator = useSimulator();

describe('the simulator', () => {
	it('records every API request as the provider sees it', async () => {
		await call(simulator, 'geonode', '/v1/crawl/jobs?page_size=3');
		expect(simulator.requests.at(-1)).toMatchObject({
			provider: 'geonode',
			method: 'GET',
			path: '/v1/crawl/jobs',
			query: { page_size: '3' },
			headers: authHeaders(simulator, 'geonode'),
		});
	});

	it('records the body of a request that is refused', async () => {
		await call(simulator, 'geonode', '/v1/crawl', {
			method: 'POST',
			body: { depth: 1 },
			headers: {},
		});
		expect(simulator.requests.at(-1)).toMatchObject({ method: 'POST', body: { depth: 1 } });
	});

	it('has a CRM that takes and keeps any record', async () => {
		const response = await fetch(`${simulator.url}/crm/opportunities`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ name: 'Larkfield Cycles' }),
		});
		expect(response.status).toBe(201);
		expect(await response.json()).toEqual({ id: expect.any(String), name: 'Larkfield Cycles' });
		expect(simulator.crmCalls).toMatchObject([{ path: '/opportunities' }]);
	});

	it('starts on a fixed port when asked to', async () => {
		const first = await startSimulator();
		const port = Number(new URL(first.url).port);
		await first.close();
		const second = await startSimulator({ port });
		await second.close();
		expect(second.url).toBe(first.url);
	});
});

describe('a request without a valid credential', () => {
	const WRONG = { authorization: 'Bearer wrong', 'x-api-key': 'wrong', 'x-midpilot-key': 'wrong' };

	it.each([
		['highLevel', { statusCode: 401, error: 'Unauthorized' }],
		['convocore', { code: 'UNAUTHORIZED' }],
		['geonode', { code: 'UNAUTHORIZED', correlation_id: expect.any(String), retryable: false }],
		['pathors', { error: expect.any(String) }],
	] as const)('is refused in the envelope of %s', async (provider, expected) => {
		const path = statusPath(simulator, provider, UNKNOWN_ID);
		const answer = await call(simulator, provider, path, { headers: WRONG });
		expect(answer).toMatchObject({ status: 401, json: expected });
	});

	it('is refused by the proxy in front of midPilot', async () => {
		const answer = await call(simulator, 'midPilot', '/health', { headers: WRONG });
		expect(answer).toMatchObject({ status: 401, text: expect.stringContaining('nginx') });
	});

	it('is let through to midPilot when it sends no credential', async () => {
		const answer = await call(simulator, 'midPilot', '/health', { headers: {} });
		expect(answer).toMatchObject({ status: 200, json: { message: 'OK' } });
	});
});

describe('Geonode', () => {
	const create = (body: object) =>
		call(simulator, 'geonode', '/v1/crawl', { method: 'POST', body });

	it('refuses a crawl without an address as FastAPI does', async () => {
		expect(await create({})).toMatchObject({
			status: 422,
			json: { detail: [{ loc: ['body', 'url'], msg: 'Field required', type: 'missing' }] },
		});
	});

	it('refuses a depth above the plan in its own envelope', async () => {
		expect(await create({ url: simulator.siteUrl, depth: 11 })).toMatchObject({
			status: 422,
			json: { code: 'VALIDATION_ERROR', message: expect.stringContaining('depth limit exceeded') },
		});
	});

	it.each([0, 51])('refuses a page size of %d', async (pageSize) => {
		const path = `/v1/crawl/${UNKNOWN_ID}?page_size=${pageSize}`;
		expect(await call(simulator, 'geonode', path)).toMatchObject({
			status: 422,
			json: { detail: [{ loc: ['query', 'page_size'] }] },
		});
	});

	it('gives the results in slices', async () => {
		simulator.scriptJob({
			provider: 'geonode',
			jobId: 'sliced',
			durationMs: 0,
			outcome: 'succeeded',
			pages: 12,
		});
		const { json } = await call(simulator, 'geonode', '/v1/crawl/sliced?page=2&page_size=10');
		expect(at(json, 'results')).toHaveLength(2);
	});

	it('takes a request with a JSON header and no body', async () => {
		const headers = { ...authHeaders(simulator, 'geonode'), 'content-type': 'application/json' };
		const answer = await call(simulator, 'geonode', `/v1/crawl/${UNKNOWN_ID}`, {
			method: 'DELETE',
			headers,
		});
		expect(answer.status).toBe(404);
	});
});

describe('HighLevel', () => {
	const status = (headers: Record<string, string>, id = 'operation') =>
		call(simulator, 'highLevel', statusPath(simulator, 'highLevel', id), { headers });

	beforeAll(() => {
		simulator.scriptJob({
			provider: 'highLevel',
			jobId: 'operation',
			durationMs: 0,
			outcome: 'succeeded',
		});
	});

	it('wraps its answers in the version of 2021-04-15', async () => {
		const { json } = await status(authHeaders(simulator, 'highLevel'));
		expect(at(json, 'data', 'operationDetails', '_id')).toBe('operation');
	});

	it('gives flat answers in version v3', async () => {
		const { json } = await status({ ...authHeaders(simulator, 'highLevel'), version: 'v3' });
		expect(at(json, 'operationDetails', '_id')).toBe('operation');
	});

	it('needs a version', async () => {
		const { authorization = '' } = authHeaders(simulator, 'highLevel');
		expect(await status({ authorization })).toMatchObject({ status: 401 });
	});

	it('refuses a token without the scope', async () => {
		const answer = await status({ authorization: 'Bearer pit-no-scope', version: 'v3' });
		expect(answer).toMatchObject({
			status: 401,
			json: { message: expect.stringContaining('scope') },
		});
	});

	it('counts down its rate limit', async () => {
		const first = await status(authHeaders(simulator, 'highLevel'));
		const second = await status(authHeaders(simulator, 'highLevel'));
		const remaining = [first, second].map(({ headers }) => headers.get('x-ratelimit-remaining'));
		expect(Number(remaining[1])).toBe(Number(remaining[0]) - 1);
	});

	it('lists what is missing in an array of messages', async () => {
		const answer = await call(simulator, 'highLevel', '/knowledge-bases/crawler/status');
		expect(answer).toMatchObject({
			status: 422,
			json: { message: expect.arrayContaining(['locationId should not be empty']) },
		});
	});

	it('pages its knowledge bases by a cursor', async () => {
		const { locationId } = simulator.ids.highLevel;
		const path = `/knowledge-bases/?locationId=${locationId}&limit=2`;
		const first = await call(simulator, 'highLevel', path);
		const cursor = String(at(first.json, 'data', 'lastKnowledgeBaseId'));
		const second = await call(simulator, 'highLevel', `${path}&lastKnowledgeBaseId=${cursor}`);
		expect(at(first.json, 'data')).toMatchObject({ hasMore: true });
		expect(at(second.json, 'data')).toMatchObject({
			knowledgeBases: [{ name: 'Price list' }],
			hasMore: false,
		});
	});

	it('answers 429 after a hundred requests in ten seconds', async () => {
		const busy = await startSimulator();
		const path = `/knowledge-bases/?locationId=${busy.ids.highLevel.locationId}`;
		for (let count = 0; count < 100; count += 1) await call(busy, 'highLevel', path);
		const answer = await call(busy, 'highLevel', path);
		await busy.close();
		expect(answer).toMatchObject({ status: 429, json: { statusCode: 429 } });
	});
});

describe('Convocore', () => {
	it('names every wrong field of a new job', async () => {
		const path = `/workspaces/${simulator.ids.convocore.workspaceId}/crawler/jobs`;
		const body = { urls: [] };
		expect(await call(simulator, 'convocore', path, { method: 'POST', body })).toMatchObject({
			status: 400,
			json: { code: 'BAD_REQUEST', issues: [{ message: expect.stringContaining('urls') }] },
		});
	});

	it('deletes a job with its pages', async () => {
		simulator.scriptJob({
			provider: 'convocore',
			jobId: 'gone',
			durationMs: 0,
			outcome: 'succeeded',
		});
		const path = statusPath(simulator, 'convocore', 'gone');
		await call(simulator, 'convocore', path, { method: 'DELETE' });
		expect((await call(simulator, 'convocore', `${path}/pages`)).status).toBe(404);
	});

	it('has lists to test a credential with', async () => {
		const { json } = await call(simulator, 'convocore', '/workspaces');
		expect(json).toMatchObject({ data: [{ id: simulator.ids.convocore.workspaceId }] });
	});
});

describe('midPilot', () => {
	const session = (id: string, method?: 'GET' | 'POST' | 'HEAD' | 'DELETE') =>
		call(simulator, 'midPilot', `/api/v1/session/${id}`, { method });

	it('creates, knows and deletes a session', async () => {
		const id = '11111111-1111-4111-8111-111111111111';
		const statuses: number[] = [];
		for (const method of ['POST', 'POST', 'GET', 'HEAD', 'DELETE', 'GET'] as const) {
			statuses.push((await session(id, method)).status);
		}
		expect(statuses).toEqual([201, 409, 200, 204, 200, 404]);
	});

	it('refuses an id that is no UUID', async () => {
		expect(await session('nonsense')).toMatchObject({
			status: 422,
			json: { detail: [{ loc: ['path', 'session_id'] }] },
		});
	});

	it('says with 404 that a session has no scrape yet', async () => {
		const created = await call(simulator, 'midPilot', '/api/v1/session', { method: 'POST' });
		const path = `/api/v1/scrape/${String(at(created.json, 'sessionId'))}/scrape`;
		expect(await call(simulator, 'midPilot', path)).toMatchObject({
			status: 404,
			json: { detail: expect.any(String) },
		});
	});
});

describe('Pathors', () => {
	it('leads from its projects to their knowledge bases', async () => {
		const projects = await call(simulator, 'pathors', '/v1/projects');
		const projectId = String(at(projects.json, 'data', 0, 'id'));
		const bases = await call(simulator, 'pathors', `/v1/projects/${projectId}/knowledgebases`);
		expect(at(bases.json, 0, 'id')).toBe(simulator.ids.pathors.knowledgeBaseId);
	});

	it('refuses a crawl without an address with an error object', async () => {
		const path = pathorsCrawlPath(simulator.ids);
		expect(await call(simulator, 'pathors', path, { method: 'POST', body: {} })).toMatchObject({
			status: 400,
			json: { error: { message: 'url is required', code: 'bad_request' } },
		});
	});
});

describe('an unknown path', () => {
	it.each([
		['highLevel', { statusCode: 404 }],
		['convocore', { code: 'NOT_FOUND' }],
		['geonode', { code: 'NOT_FOUND' }],
		['midPilot', { detail: 'Not Found' }],
		['pathors', { error: { code: 'not_found' } }],
	] satisfies Array<[ProviderId, object]>)(
		'is refused in the envelope of %s',
		async (provider, expected) => {
			expect(await call(simulator, provider, '/nowhere')).toMatchObject({
				status: 404,
				json: expected,
			});
		},
	);
});
