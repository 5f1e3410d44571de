import type { IDataObject } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { useSimulator } from '../support/useSimulator';
import { waitFor } from './waitNode';

const JOB_ID = '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019';

/** Items as the Start operations give them; all ids are well-formed at every provider. */
const references: Record<string, IDataObject> = {
	highLevel: { locationId: 'location1', knowledgeBaseId: 'base1', operationId: JOB_ID },
	convocore: { workspaceId: 'workspace1', jobId: JOB_ID },
	geonode: { jobId: JOB_ID },
	midPilot: { sessionId: '0e8400e2-9b41-41d4-a716-446655440000', jobId: JOB_ID },
	pathors: { projectId: 'project1', knowledgeBaseId: 'base1', jobId: JOB_ID },
};
const itemOf = (provider: string): IDataObject => ({
	provider,
	jobId: JOB_ID,
	reference: references[provider],
});

const pairs = providers.flatMap((chosen) =>
	providers.filter((other) => other !== chosen).map((other) => [other, chosen] as const),
);

const simulator = useSimulator();

describe('an item that is the crawl of another provider', () => {
	it.each(pairs.map(([other, chosen]) => [other.displayName, chosen.displayName, other, chosen]))(
		'%s under %s is refused at once',
		async (otherName, chosenName, other, chosen) => {
			const { error } = await waitFor(simulator, {
				provider: chosen.id,
				items: [itemOf(other.id)],
			});
			expect(error).toMatchObject({
				message: `This item is a ${otherName} crawl, but 'Provider' is ${chosenName} [item 0]`,
				description: `Set 'Provider' to ${otherName} or Automatic, or enter the IDs of a ${chosenName} crawl.`,
			});
			expect(simulator.requests).toEqual([]);
		},
	);

	it('is known by the ids of its reference alone', async () => {
		const { error } = await waitFor(simulator, {
			items: [{ provider: 'convocore', reference: { jobId: JOB_ID } }],
			parameters: { jobId: '={{ $json.reference.jobId }}' },
		});
		expect(error?.message).toContain('This item is a Convocore crawl');
	});

	it('costs the other items nothing', async () => {
		simulator.scriptJob({ provider: 'geonode', jobId: 'own', durationMs: 0, outcome: 'succeeded' });
		const { success } = await waitFor(simulator, {
			items: [itemOf('convocore'), { provider: 'geonode', jobId: 'own' }],
			settings: { onError: 'continueErrorOutput' },
		});
		expect(success.map(({ json }) => json.jobId)).toEqual(['own']);
	});

	it('may stand where the ids are not its own', async () => {
		simulator.scriptJob({ provider: 'geonode', jobId: 'own', durationMs: 0, outcome: 'succeeded' });
		const { success } = await waitFor(simulator, {
			items: [itemOf('convocore')],
			parameters: { jobId: 'own' },
		});
		expect(success.map(({ json }) => json.jobId)).toEqual(['own']);
	});
});
