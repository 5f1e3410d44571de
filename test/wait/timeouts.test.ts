import { useSimulator } from '../support/useSimulator';
import { faultCases, outputsOf, PROVIDERS } from './faultCases';
import { waitFor } from './waitNode';

const simulator = useSimulator();
let results: Map<string, ReturnType<typeof outputsOf>>;

/** A check that gets no answer takes half a minute of real time, so all providers wait at once. */
beforeAll(async () => {
	results = new Map(await Promise.all(PROVIDERS.map(waitOut)));
}, 120_000);

it.each(PROVIDERS)('a check at %s that gets no answer leaves the outcome right', (provider) => {
	const { expected = 'a run', actual } = results.get(provider) ?? {};
	expect(actual).toEqual(expected);
});

async function waitOut(provider: string): Promise<[string, ReturnType<typeof outputsOf>]> {
	const cases = faultCases(simulator, provider, { timeout: () => ({ kind: 'hang' }) });
	const run = await waitFor(simulator, { provider, items: cases.map(({ item }) => item) });
	return [provider, outputsOf(cases, run)];
}
