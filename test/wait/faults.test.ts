import { useSimulator } from '../support/useSimulator';
import { faultCases, outputsOf, PROVIDERS, type Fault, type FaultCase } from './faultCases';
import { waitFor, type WaitRun } from './waitNode';

const simulator = useSimulator();

/** Every fault that may pass and shows at once; timeouts have a file of their own. */
const FAULTS: Record<string, () => Fault> = {
	'a lost connection': () => ({ kind: 'reset' }),
	'a connection lost within the body': () => ({ kind: 'cutConnection' }),
	'HTTP 408': () => ({ kind: 'http', status: 408 }),
	'HTTP 425': () => ({ kind: 'http', status: 425 }),
	'HTTP 429': () => ({ kind: 'http', status: 429 }),
	'HTTP 429 with Retry-After in seconds': () => ({
		kind: 'http',
		status: 429,
		headers: { 'retry-after': '1' },
	}),
	'HTTP 503 with Retry-After as a date': () => ({
		kind: 'http',
		status: 503,
		headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() },
	}),
	'HTTP 500': () => ({ kind: 'http', status: 500 }),
	'HTTP 502 with a web page': () => ({
		kind: 'http',
		status: 502,
		body: '<html>Bad gateway</html>',
	}),
	'HTTP 404 of a gateway': () => ({ kind: 'http', status: 404, body: '404 page not found' }),
	'a redirect to another host': () => ({
		kind: 'http',
		status: 302,
		headers: { location: 'https://other.test/' },
	}),
	'a web page': () => ({ kind: 'html' }),
	'a body cut in half': () => ({ kind: 'cutBody' }),
	'an empty body': () => ({ kind: 'emptyBody' }),
	'an answer that is no job': () => ({ kind: 'http', status: 200, body: { hello: 'world' } }),
	'an unknown job': () => ({ kind: 'notFound' }),
};

describe.each(PROVIDERS)('a passing fault at %s', (provider) => {
	let cases: FaultCase[];
	let run: WaitRun;

	// All cases wait in one node, side by side: none may disturb another either.
	beforeAll(async () => {
		cases = faultCases(simulator, provider, FAULTS);
		run = await waitFor(simulator, { provider, items: cases.map(({ item }) => item) });
	}, 120_000);

	it('is never an error', () => {
		expect(run.error).toBeUndefined();
	});

	it.each(Object.keys(FAULTS))('%s: leaves the outcome right', (fault) => {
		const ofFault = cases.filter((candidate) => candidate.fault === fault);
		const { expected, actual } = outputsOf(ofFault, run);
		expect(actual).toEqual(expected);
	});
});
