import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import type { JobScript } from '../support/simulator';
import { useSimulator } from '../support/useSimulator';
import {
	DurableWait,
	GUARD,
	setAgeOfN8n,
	SUPERVISOR,
	useWakeUpClock,
	WATCHER,
} from './durableWait';

const WOKEN = { message: 'The crawls are checked now' };
const NOT_WOKEN = { message: 'The crawls are checked at the next regular time' };

/** A call brings about no check so soon after another one. */
const GAP_MS = 10_000;

/** By so much a watcher can wake up after the check that it parks for. */
const JITTER_MS = 8_000;

const simulator = useSimulator();

useWakeUpClock();

/** The addresses at which n8n takes calls of parked executions. */
let server: Server;
let wait: DurableWait;

beforeAll(async () => {
	server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://n8n.test');
		const token = searchParams.get('signature') ?? undefined;
		wait.executions.call(pathname.split('/').at(-1) ?? '', token).then(
			(body) => {
				response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
			},
			() => {
				response.writeHead(409).end();
			},
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

describe('a call of the resume address of a durable wait', () => {
	it('ends the wait at once when the crawl has ended', async () => {
		await start('failed', 30);
		later(40);
		expect(await call()).toEqual(WOKEN);
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
		expect(checks()).toBe(2);
	});

	it('decides nothing: the wait goes on when the crawl does', async () => {
		await start('never');
		later(40);
		expect(await call()).toEqual(WOKEN);
		expect([wait.status, checks()]).toEqual(['waiting', 2]);
	});

	it('costs no check when the watcher wakes up again at the time that it had before', async () => {
		await start('never');
		const regularTime = wait.wakesAt;
		later(40);
		await call();
		jest.setSystemTime(regularTime);
		await wait.executions.resume(wait.executions.latest(WATCHER));
		expect([wait.status, checks()]).toEqual(['waiting', 2]);
	});

	it('that has ended one crawl leaves the others to their regular times', async () => {
		simulator.scriptJob({ provider: 'geonode', jobId: 'other', outcome: 'never', durationMs: 0 });
		await start('failed', 30, { responsiveness: 'fixed', intervalSeconds: 300 }, [], undefined, [
			'crawl',
			'other',
		]);
		const regularTime = wait.wakesAt;
		later(40);
		await call();
		const next = wait.wakesAt;
		jest.setSystemTime(Math.min(regularTime, next - 20_000));
		await wait.executions.resume(wait.executions.latest(WATCHER));
		expect(Math.abs(wait.wakesAt - next)).toBeLessThanOrEqual(JITTER_MS);
	});

	it('leaves the regular checks as they are when it comes too soon after one', async () => {
		await start('never');
		const regularTime = wait.wakesAt;
		later(5);
		expect(await call()).toEqual(NOT_WOKEN);
		expect([wait.wakesAt, checks()]).toEqual([regularTime, 1]);
	});

	it('brings about one check, however often it is repeated', async () => {
		await start('never');
		later(40);
		await call();
		expect(await Promise.all([call(), call(), call()])).toEqual([NOT_WOKEN, NOT_WOKEN, NOT_WOKEN]);
		expect(checks()).toBe(2);
	});

	it('brings about thirty checks at most in one wait', async () => {
		await start('never');
		for (let calls = 0; calls < 40; calls++) {
			later(GAP_MS / 1_000);
			await call();
		}
		expect(checks()).toBe(1 + 30);
	});

	it('uses up no failures', async () => {
		const faults: JobScript['faults'] = [{ check: [2, 100], fault: { kind: 'http', status: 503 } }];
		await start('never', 0, { maxConsecutiveFailures: 2 }, faults);
		for (let calls = 0; calls < 5; calls++) {
			later(GAP_MS / 1_000);
			await call();
		}
		expect([wait.status, checks()]).toEqual(['waiting', 1 + 5]);
	});

	it('is left to the regular checks while the provider is in trouble', async () => {
		await start('never', 0, {}, [{ check: [2, 100], fault: { kind: 'http', status: 503 } }]);
		await wait.wakeUp();
		later(GAP_MS / 1_000);
		await call();
		expect(checks()).toBe(2);
	});

	it('does not wake a watcher of an n8n that is starting', async () => {
		await start('failed', 10);
		later(40);
		setAgeOfN8n(1_000);
		expect(await call()).toEqual(NOT_WOKEN);
		expect(checks()).toBe(1);
	});

	it('is refused once the wait is over', async () => {
		await start('failed', 30);
		later(40);
		await call();
		await expect(call()).rejects.toThrow('There is nothing that waits');
	});

	it.each([SUPERVISOR, WATCHER])(
		'changes nothing when n8n has lost an execution: %s',
		async (name) => {
			await start('failed', 100);
			wait.executions.delete(wait.executions.latest(name));
			later(40);
			expect(await call()).toEqual(NOT_WOKEN);
			await wait.look();
			await wait.untilOver();
			expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
		},
	);

	it('changes nothing where n8n cannot reach its own address', async () => {
		await start('never', 0, {}, [], 'http://127.0.0.1:1');
		later(40);
		expect(await call()).toEqual(NOT_WOKEN);
		expect([wait.status, checks()]).toEqual(['waiting', 1]);
	});

	it('of the guard does nothing', async () => {
		await start('never');
		later(40);
		expect(await call(wait.executions.latest(GUARD))).toEqual(NOT_WOKEN);
		expect(checks()).toBe(1);
	});

	it('leaves the wait to the next watcher when n8n is killed in the check', async () => {
		await start('failed', 30);
		later(40);
		const watcher = wait.executions.latest(WATCHER);
		await wait.executions.call(watcher, wait.executions.data(watcher)?.resumeToken, true);
		expect(wait.executions.idsOf(WATCHER)).toHaveLength(2);
		await wait.untilOver();
		expect(wait.linked).toEqual([[], ['crawl'], [], [], []]);
	});
});

async function start(
	outcome: JobScript['outcome'],
	seconds = 0,
	options: INodeParameters = {},
	faults: JobScript['faults'] = [],
	waitingUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	jobIds = ['crawl'],
): Promise<void> {
	const durationMs = seconds * 1_000;
	simulator.scriptJob({ provider: 'geonode', jobId: 'crawl', outcome, durationMs, faults });
	wait = await DurableWait.start(simulator, {
		items: jobIds.map((jobId) => ({ jobId })),
		options,
		workflow: { waitingUrl },
	});
}

/** Calls the address as a provider does that was handed it. */
async function call(id = wait.id): Promise<unknown> {
	return await wait.executions.call(id, wait.executions.data(id)?.resumeToken);
}

function later(seconds: number): void {
	jest.setSystemTime(Date.now() + seconds * 1_000);
}

function checks(): number {
	return simulator.requests.filter(({ path }) => path === '/v1/crawl/crawl').length;
}
