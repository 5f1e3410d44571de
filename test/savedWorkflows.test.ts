import { readSavedWorkflow, runSaved, savedVersions } from './support/saved/savedWorkflow';

describe.each(savedVersions())('a workflow that was saved with version %s', (version) => {
	const nodes = readSavedWorkflow(version).saved.map((each) => ({
		...each,
		title: each.node.name,
	}));

	it.each(nodes)('sends and gives the same at $title', async ({ node, item, outcome }) => {
		const today = await runSaved({ node, item });
		expect(today.error).toBeNull();
		expect(today.requests).toEqual(outcome.requests);
		expect(today.outputs).toEqual(
			outcome.outputs.map((items) =>
				items.map(({ status, fields }) => ({ status, fields: expect.arrayContaining(fields) })),
			),
		);
	});
});
