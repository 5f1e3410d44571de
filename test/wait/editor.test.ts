import { ExpressionError, NodeHelpers, Workflow, type IDataObject, type INode } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { nodeTypes } from '../support/engine/nodeTypes';
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

/** What the editor shows below the node. */
function subtitleOf(parameters: INode['parameters']): unknown {
	const node = nodeWith(parameters);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
}

describe("the wait node's form", () => {
	it.each([
		[{ authentication: 'privateIntegration' }, ['highLevelPrivateIntegrationApi']],
		[{ authentication: 'oAuth2' }, ['highLevelCrawlerOAuth2Api']],
	])('offers for HighLevel and %j just %j', (parameters, expected) => {
		expect(credentialsFor({ provider: 'highLevel', ...parameters })).toEqual(expected);
	});

	it('offers the credentials of all providers for Automatic, and requires none', () => {
		const all = providers.flatMap(({ credentials }) => credentials.map(({ name }) => name));
		expect(credentialsFor({ provider: 'automatic' })).toEqual(all);
		expect(description.credentials?.filter(({ required }) => required)).toEqual([]);
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

	it.each([
		[{ provider: 'geonode', waitMode: 'durable' }, 'Geonode · Durable'],
		[{ provider: 'highLevel', waitMode: 'inExecution' }, 'HighLevel · In This Execution'],
		[{ provider: 'pathors', waitMode: 'durableWatch' }, 'Pathors · Part of a Durable Wait'],
	])('names for %j below the node: %s', (parameters, subtitle) => {
		expect(subtitleOf(parameters)).toBe(subtitle);
	});

	it("says where a durable wait's maximum is set", () => {
		const notice = description.properties.find(({ name }) => name === 'durableNotice');
		expect(notice?.displayName).toContain("'Maximum Wait' is set under Options");
	});

	it('names its four outputs in their order', () => {
		expect(description.outputNames).toEqual(['Success', 'Failed', 'Cancelled', 'Still Running']);
	});

	describe('the hint that the input is a crawl of another service', () => {
		const [hint] = description.hints ?? [];
		const isShown = (parameters: INode['parameters'], item?: IDataObject): unknown => {
			const node = nodeWith(parameters);
			const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
			const items = item === undefined ? [] : [{ json: item }];
			const condition = hint?.displayCondition ?? '';
			// As n8n's editor does it (`getNodeHints` in `useNodeHelpers.ts`).
			return workflow.expression.getParameterValue(
				condition,
				null,
				0,
				0,
				node.name,
				items,
				'manual',
				{},
			);
		};

		it.each([
			['geonode', 'convocore', true],
			['geonode', 'geonode', false],
			['automatic', 'convocore', false],
			['geonode', 'another', false],
			['geonode', undefined, false],
		])('with Provider %s and an item of %s: %s', (provider, ofItem, expected) => {
			expect(isShown({ provider }, { provider: ofItem })).toBe(expected);
		});

		// n8n's editor catches that, and shows no hint.
		it('has a condition without a value where there is no input', () => {
			expect(() => isShown({ provider: 'geonode' })).toThrow(ExpressionError);
		});
	});
});
