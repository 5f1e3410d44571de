import type {
	IDataObject,
	INodeParameters,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';

import { AUTOMATIC } from '../../nodes/providerFields';
import { registeredNodes } from '../support/engine/packageTypes';
import { runNode } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { Simulator } from '../support/simulator';
import { typedFields, withField, type TypedField } from '../support/typedFields';
import { useSimulator } from '../support/useSimulator';

/*
 * What a law says of one field holds for each field of each operation: they are taken from the
 * descriptions of the nodes.
 */

/** Values of the fields that have to be filled in, by their names. */
const filledIn = (simulator: Simulator): INodeParameters => ({
	url: simulator.siteUrl,
	urls: simulator.siteUrl,
	starterLinks: simulator.siteUrl,
	urlIds: 'page1',
	applicationName: 'Docs',
	locationId: 'someLocation',
	workspaceId: 'someWorkspace',
	projectId: 'someProject',
	knowledgeBaseId: 'someKnowledgeBase',
	sessionId: '550e8400-e29b-41d4-a716-446655440000',
	operationId: 'someOperation',
	pageId: 'somePage',
	jobId: '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019',
});

/** The item that a node finds its crawl in, where the node's fields do not name it. */
function itemFor(simulator: Simulator, { operation, property: { name } }: TypedField): IDataObject {
	if (operation.provider !== AUTOMATIC) return {};
	const { locationId, knowledgeBaseId, operationId, jobId } = filledIn(simulator) as IDataObject;
	return ['apiVersion', 'waitFor'].includes(name)
		? { provider: 'highLevel', reference: { locationId, knowledgeBaseId, operationId } }
		: { provider: 'geonode', reference: { jobId } };
}

/** The value out of an expression, where the field may have one. */
const givenTo = ({ property }: TypedField, value: unknown): NodeParameterValueType =>
	property.noDataExpression === true
		? (value as NodeParameterValueType)
		: `={{ ${JSON.stringify(value)} }}`;

const triggers = new Set(
	registeredNodes.filter(({ node }) => 'poll' in node).map(({ node }) => node.description.name),
);

/** Here the wait ends at once, and only the start is looked at: what a check meets is a matter of time. */
const startsAndWaits = ({ operation }: TypedField) => operation.operation === 'startAndWait';

/** Runs the field's operation with a value out of an expression; what is sent, and the error. */
async function runWith(simulator: Simulator, field: TypedField, value: unknown) {
	simulator.requests.length = 0;
	const { error } = await runNode({
		type: field.node,
		parameters: withField(
			{
				...filledIn(simulator),
				...field.operation,
				...(startsAndWaits(field) && { options: { maxWaitMinutes: 0 } }),
			},
			field,
			givenTo(field, value),
		),
		items: [itemFor(simulator, field)],
		credentials: simulatorCredentials(simulator),
		// In which a trigger polls.
		...(triggers.has(field.node) && { mode: 'manual' }),
	});
	const requests = simulator.requests.map(({ method, path, query, headers, body }) => ({
		method,
		path,
		query,
		version: headers.version,
		body,
	}));
	const start = requests.filter(({ method }) => method === 'POST').slice(0, 1);
	return { requests: startsAndWaits(field) ? start : requests, message: error?.message };
}

const fields = registeredNodes
	.flatMap(({ node }) => typedFields(node.description))
	// n8n itself compares it, without expressions, to tell which credential the node may use.
	.filter(({ property }) => property.name !== 'authentication');

const another = ({ property }: TypedField): { right: unknown; text: string } => {
	switch (property.type) {
		case 'boolean':
			return {
				right: property.default !== true,
				text: property.default === true ? 'FALSE' : ' True',
			};
		case 'number': {
			const right = property.typeOptions?.minValue ?? 1;
			return { right, text: ` ${right}\n` };
		}
		default: {
			const [first, second] = valuesOf(property);
			const value = String(first === property.default ? (second ?? first) : first);
			return {
				right: property.type === 'multiOptions' ? [value] : value,
				text: ` ${value.toUpperCase()} `,
			};
		}
	}
};

function valuesOf({ options = [] }: INodeProperties): unknown[] {
	return options.flatMap((option) => ('value' in option ? [option.value] : []));
}

describe.each(fields.map((field) => [field.title, field] as const))('%s', (_, field) => {
	// One for each field: all of them together would run into HighLevel's rate limit.
	const simulator = useSimulator({ pageDelayMs: 1 });

	it('is sent alike as a text in another spelling', async () => {
		const { right, text } = another(field);
		expect(await runWith(simulator, field, text)).toEqual(await runWith(simulator, field, right));
	});

	it('is refused by its name when it cannot be meant', async () => {
		const { requests, message } = await runWith(simulator, field, 'some day');
		expect(message).toContain(`'${field.label}'`);
		expect(requests).toEqual([]);
	});

	it.each([[''], [null], [undefined]])('counts as not set when it is %p', async (blank) => {
		const { message } = await runWith(simulator, field, blank);
		expect(message ?? '').not.toContain(`'${field.label}'`);
	});
});

it('knows fields of every kind', () => {
	const kinds = new Set(fields.map(({ property }) => property.type));
	expect([...kinds].sort()).toEqual(['boolean', 'multiOptions', 'number', 'options']);
});
