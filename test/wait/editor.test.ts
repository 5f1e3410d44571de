import { NodeHelpers, type INode } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { WaitUntilCrawlDone } from '../../nodes/WaitUntilCrawlDone/WaitUntilCrawlDone.node';

const { description } = new WaitUntilCrawlDone();

function nodeWith(parameters: INode['parameters']): INode {
	return {
		id: 'wait',
		name: 'Wait',
		type: 'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
}

/** The credentials that n8n offers in the node's form. */
function credentialsFor(parameters: INode['parameters']): string[] {
	const node = nodeWith(parameters);
	return (description.credentials ?? [])
		.filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, node, description, parameters),
		)
		.map(({ name }) => name);
}

describe("the wait node's form", () => {
	it.each([
		[{ authentication: 'privateIntegration' }, ['highLevelPrivateIntegrationApi']],
		[{ authentication: 'oAuth2' }, ['highLevelCrawlerOAuth2Api']],
	])('offers for HighLevel and %j just %j', (parameters, expected) => {
		expect(credentialsFor({ provider: 'highLevel', ...parameters })).toEqual(expected);
	});

	it.each(providers.filter(({ credentials }) => credentials.length === 1))(
		'offers for $displayName just its own credential',
		({ id, credentials }) => {
			expect(credentialsFor({ provider: id })).toEqual(credentials.map(({ name }) => name));
		},
	);

	// The editor hides every parameter that a credential's condition names without a slash, since it
	// takes it for the choice of an authentication method.
	it('shows the choice of the provider', () => {
		const conditions = (description.credentials ?? []).flatMap(({ displayOptions }) =>
			Object.keys(displayOptions?.show ?? {}),
		);
		expect(conditions).toEqual(conditions.filter((name) => name.startsWith('/')));
	});

	it('names its four outputs in their order', () => {
		expect(description.outputNames).toEqual(['Success', 'Failed', 'Cancelled', 'Still Running']);
	});
});
