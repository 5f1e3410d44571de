import { useSimulator } from '../useSimulator';
import type { JobScript, ProviderId } from './index';
import { PROVIDER_IDS } from './job';
import { authHeaders, call, statusPath } from './testClient';

type Faults = NonNullable<JobScript['faults']>;
type FaultAction = Faults[number]['fault'];

const JOB_ID = '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019';

const simulator = useSimulator();

function scriptFaults(faults: Faults, provider: ProviderId = 'geonode'): void {
	simulator.scriptJob({ provider, jobId: JOB_ID, durationMs: 0, outcome: 'succeeded', faults });
}

function check(provider: ProviderId = 'geonode', giveUpAfterMs?: number) {
	return call(simulator, provider, statusPath(simulator, provider, JOB_ID), { giveUpAfterMs });
}

function checkWith(fault: FaultAction, giveUpAfterMs?: number) {
	scriptFaults([{ check: 'all', fault }]);
	return check('geonode', giveUpAfterMs);
}

describe('the checks a fault hits', () => {
	async function statusesOfChecks(hit: Faults[number]['check']): Promise<number[]> {
		scriptFaults([{ check: hit, fault: { kind: 'http', status: 503 } }]);
		const statuses: number[] = [];
		for (let count = 0; count < 4; count += 1) statuses.push((await check()).status);
		return statuses;
	}

	it('are one, by its number', async () => {
		expect(await statusesOfChecks(2)).toEqual([200, 503, 200, 200]);
	});

	it('are a range', async () => {
		expect(await statusesOfChecks([2, 3])).toEqual([200, 503, 503, 200]);
	});

	it('are all', async () => {
		expect(await statusesOfChecks('all')).toEqual([503, 503, 503, 503]);
	});
});

describe('a fault', () => {
	it.each([
		['highLevel', { statusCode: 503, message: 'Service Unavailable' }],
		['convocore', { message: 'Service Unavailable' }],
		['geonode', { code: 'INTERNAL_ERROR', retryable: true }],
		['midPilot', { error: { code: 'internal_error', message: 'Service Unavailable' } }],
		['pathors', { error: { message: 'Service Unavailable' } }],
	] as const)('with a status has the envelope of %s', async (provider, expected) => {
		scriptFaults([{ check: 1, fault: { kind: 'http', status: 503 } }], provider);
		expect(await check(provider)).toMatchObject({ status: 503, json: expected });
	});

	it('with a status can bring headers and a body of its own', async () => {
		const headers = { 'Retry-After': '7' };
		const answer = await checkWith({ kind: 'http', status: 429, headers, body: { slow: 'down' } });
		expect(answer).toMatchObject({ status: 429, json: { slow: 'down' } });
		expect(answer.headers.get('retry-after')).toBe('7');
	});

	it('can be an HTML page in place of JSON', async () => {
		const answer = await checkWith({ kind: 'html' });
		expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
	});

	it('can be half a JSON body that looks whole', async () => {
		const { headers, text, json } = await checkWith({ kind: 'cutBody' });
		expect(text).toContain('"job_id"');
		expect(json).toBeUndefined();
		expect(headers.get('content-type')).toContain('application/json');
	});

	it('can be a connection that ends in the middle of the body', async () => {
		await expect(checkWith({ kind: 'cutConnection' })).rejects.toThrow('terminated');
	});

	it('can be a connection that ends without an answer', async () => {
		await expect(checkWith({ kind: 'reset' })).rejects.toThrow('fetch failed');
	});

	it('can be no answer at all', async () => {
		await expect(checkWith({ kind: 'hang' }, 100)).rejects.toThrow('timeout');
	});

	it('can be an empty body', async () => {
		expect(await checkWith({ kind: 'emptyBody' })).toMatchObject({ status: 200, text: '' });
	});

	it('can be the true answer, later', async () => {
		const answer = await checkWith({ kind: 'slow', delayMs: 30 });
		expect(answer).toMatchObject({ status: 200, json: { status: 'completed' } });
	});

	it.each([
		['highLevel', 404, { statusCode: 404 }],
		['convocore', 404, { code: 'NOT_FOUND' }],
		['geonode', 404, { code: 'NOT_FOUND' }],
		['midPilot', 200, { status: 'not_found' }],
		['pathors', 200, { jobs: [] }],
	] as const)('can be that %s does not know the job', async (provider, status, expected) => {
		scriptFaults([{ check: 1, fault: { kind: 'notFound' } }], provider);
		expect(await check(provider)).toMatchObject({ status, json: expected });
	});

	it.each(PROVIDER_IDS)('can repeat the credential that was sent to %s', async (provider) => {
		scriptFaults([{ check: 1, fault: { kind: 'echoCredential' } }], provider);
		const [credential] = Object.values(authHeaders(simulator, provider));
		expect(await check(provider)).toMatchObject({
			status: 401,
			text: expect.stringContaining(String(credential)),
		});
	});
});
