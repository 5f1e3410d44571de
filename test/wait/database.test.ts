import { inBusyDatabase } from '../support/engine/busyDatabase';
import { runNode } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { useSimulator } from '../support/useSimulator';

const simulator = useSimulator();

const CRAWL = {
	provider: 'geonode',
	jobId: 'a',
	durationMs: 1_500,
	outcome: 'succeeded',
} as const;

/** Waits, with a database that is busy from the first check on, for so many reads. */
async function waitWithBusyReads(reads: number) {
	simulator.scriptJob(CRAWL);
	const before = simulator.requests.length;
	let left = reads;
	const isBusy = () => simulator.requests.length > before && left-- > 0;
	return await runNode({
		type: 'waitUntilCrawlDone',
		items: [{ jobId: CRAWL.jobId }],
		credentials: inBusyDatabase(simulatorCredentials(simulator), isBusy),
		parameters: {
			provider: 'geonode',
			options: { responsiveness: 'fixed', intervalSeconds: 1, maxConsecutiveFailures: 2 },
		},
	});
}

it('a database that is busy for a moment at the start of a wait costs it nothing', async () => {
	simulator.scriptJob({ ...CRAWL, durationMs: 0 });
	let left = 1;
	const { outputs } = await runNode({
		type: 'waitUntilCrawlDone',
		items: [{ jobId: CRAWL.jobId }],
		credentials: inBusyDatabase(simulatorCredentials(simulator), () => left-- > 0),
		parameters: { provider: 'geonode' },
	});
	expect(outputs[0]).toMatchObject([{ json: { status: 'succeeded' } }]);
});

it('a database that stays busy at the start of a wait is waited for once, and not by each item', async () => {
	let reads = 0;
	const isBusy = () => ++reads > 0;
	const { error, outputs } = await runNode({
		type: 'waitUntilCrawlDone',
		items: [{ jobId: 'a' }, { jobId: 'b' }, { jobId: 'c' }],
		credentials: inBusyDatabase(simulatorCredentials(simulator), isBusy),
		parameters: { provider: 'geonode' },
		settings: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	expect(outputs.flat()).toHaveLength(3);
	expect(reads).toBeLessThan(10);
}, 30_000);

describe('a database that n8n cannot read the credential from', () => {
	it('for a moment costs no wait its end', async () => {
		const { outputs } = await waitWithBusyReads(1);
		expect(outputs[0]).toMatchObject([{ json: { status: 'succeeded' } }]);
	});

	it('for long is an error that says so, after as many tries as for a provider', async () => {
		const { error } = await waitWithBusyReads(Infinity);
		expect(error?.message).toContain('n8n could not read the credential from its database');
	});
});
