import { providers } from '../../nodes/providers';
import { useSimulator } from '../support/useSimulator';
import { waitFor } from '../wait/waitNode';

const simulator = useSimulator();

describe.each(providers.map((provider) => [provider.id, provider.jobProperties] as const))(
	'the parameters that name a job of %s',
	(provider, jobProperties) => {
		// n8n refuses to run a workflow in which a required parameter is blank.
		const read = jobProperties.filter((property) =>
			JSON.stringify(property.default).includes('$json'),
		);

		it('may all be blank for n8n, where they are read from the item', () => {
			expect(read.filter(({ required }) => required).map(({ name }) => name)).toEqual([]);
		});

		it('are an error of the item alone when they are blank', async () => {
			const blank = Object.fromEntries(read.map(({ name }) => [name, '']));
			const run = await waitFor(simulator, { provider, items: [{}], parameters: blank });
			expect(run.error?.message).toContain('is missing [item 0]');
		});
	},
);
