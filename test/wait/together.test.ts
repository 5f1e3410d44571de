import { setTimeout as sleep } from 'node:timers/promises';

import { useSimulator } from '../support/useSimulator';
import { waitFor } from './waitNode';

const simulator = useSimulator();

type Fault = { check: number | 'all'; fault: { kind: 'slow'; delayMs: number } | { kind: 'hang' } };

function job(jobId: string, durationMs = 0, faults: Fault[] = []): { jobId: string } {
	simulator.scriptJob({ provider: 'geonode', jobId, durationMs, outcome: 'succeeded', faults });
	return { jobId };
}

const requestsFor = (jobId: string) =>
	simulator.requests.filter(({ path }) => path.endsWith(`/${jobId}`));

describe('many jobs in one node', () => {
	it('are checked together, each until its own end', async () => {
		const run = await waitFor(simulator, {
			items: [job('short'), job('middle', 1500), job('long', 2500)],
		});
		expect(run.success).toHaveLength(3);
		const counts = ['short', 'middle', 'long'].map((jobId) => requestsFor(jobId).length);
		expect(counts[0]).toBe(1);
		expect(counts).toEqual([...new Set(counts)].sort((x, y) => x - y));
	});

	it('have no more than ten requests under way at once', async () => {
		const delayMs = 300;
		const items = Array.from({ length: 25 }, (_, index) =>
			job(`slow-${index}`, 0, [{ check: 'all', fault: { kind: 'slow', delayMs } }]),
		);
		await waitFor(simulator, { items });
		const arrivals = simulator.requests.map(({ at }) => at);
		const mostAtOnce = Math.max(
			...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + delayMs).length),
		);
		expect(mostAtOnce).toBeGreaterThan(1);
		expect(mostAtOnce).toBeLessThanOrEqual(10);
	});

	it('do not wait for one that never answers', async () => {
		const run = await waitFor(simulator, {
			items: [job('hanging', 0, [{ check: 'all', fault: { kind: 'hang' } }]), job('quick', 1500)],
			options: { maxConsecutiveFailures: 1, maxWaitMinutes: 0.15 },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.success.map(({ json }) => json.jobId)).toEqual(['quick']);
	});

	it('get a place even when more than ten never answer', async () => {
		const hanging = Array.from({ length: 12 }, (_, index) =>
			job(`hanging-${index}`, 0, [{ check: 'all', fault: { kind: 'hang' } }]),
		);
		const run = await waitFor(simulator, {
			items: [...hanging, job('quick')],
			options: { maxConsecutiveFailures: 1, maxWaitMinutes: 0.05 },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.success.map(({ json }) => json.jobId)).toEqual(['quick']);
	});
});

describe('items that name the same job', () => {
	it('share its checks', async () => {
		const item = job('shared', 1500);
		const run = await waitFor(simulator, { items: [item, item, item] });
		expect(run.success).toHaveLength(3);
		const checks = requestsFor('shared').length;
		expect(run.success.map(({ json }) => json.wait)).toEqual(
			run.success.map(() => expect.objectContaining({ checks })),
		);
	});
});

describe('intervalSeconds, maxConsecutiveFailures: items that share a request but differ in their pace', () => {
	const jobs = ['patient', 'hasty'].map((jobId, index) => ({
		jobId,
		reference: { projectId: 'shared', knowledgeBaseId: 'shared' },
		intervalSeconds: index === 0 ? 2 : 1,
	}));

	it('each count only the failures of their own checks', async () => {
		for (const { jobId, reference } of jobs) {
			const faults: Fault[] = [];
			simulator.scriptJob({
				provider: 'pathors',
				jobId,
				...reference,
				durationMs: 0,
				outcome: 'succeeded',
				faults: faults.concat(
					jobId === 'hasty'
						? [{ check: [1, 4], fault: { kind: 'http', status: 503 } } as never]
						: [],
				),
			});
		}
		const run = await waitFor(simulator, {
			provider: 'pathors',
			items: jobs,
			options: { intervalSeconds: '={{ $json.intervalSeconds }}', maxConsecutiveFailures: 3 },
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.success.map(({ json }) => json.jobId)).toEqual(['patient']);
	});
});

describe('a wait for whatever crawl a session has', () => {
	const sessionId = '550e8400-e29b-41d4-a716-446655440000';
	const [first, second] = [
		'11111111-1111-4111-8111-111111111111',
		'22222222-2222-4222-8222-222222222222',
	] as const;

	it('stays with the crawl that it found first', async () => {
		simulator.scriptJob({
			provider: 'midPilot',
			jobId: first,
			durationMs: 2500,
			outcome: 'succeeded',
		});
		const waiting = waitFor(simulator, {
			provider: 'midPilot',
			parameters: { sessionId, jobId: '' },
			items: [{}],
		});
		while (simulator.requests.length < 2) await sleep(20);
		simulator.scriptJob({
			provider: 'midPilot',
			jobId: second,
			durationMs: 0,
			outcome: 'failed',
		});
		const run = await waiting;
		expect(run.success.map(({ json }) => json.jobId)).toEqual([first]);
	});
});
