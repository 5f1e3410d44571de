import { useSimulator } from '../support/useSimulator';
import { faultCases, PROVIDERS } from './faultCases';
import { waitFor } from './waitNode';

const simulator = useSimulator();

it.each(PROVIDERS)('never shows a credential that %s sends back', async (provider) => {
	const refusal = { kind: 'echoCredential', status: 403 } as const;
	const cases = faultCases(simulator, provider, { refusal: () => refusal });
	const [first] = cases.filter(({ position }) => position === 'before');
	const { error } = await waitFor(simulator, { provider, items: [{ ...first?.item }] });
	expect(error?.description).toContain('[redacted]');
});
