import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { packageCredentials } from './packageTypes';
import { createAdditionalData } from './runWorkflow';

type Values = ICredentialDataDecryptedObject;

/**
 * Does what n8n does when a user saves a credential: sends the request that its type declares, and
 * goes by the rules that stand beside it.
 * @throws what the user would see when the test fails
 */
export async function runCredentialTest(type: string, values: Values): Promise<void> {
	const rules = testOf(type).rules ?? [];
	let answer: unknown;
	try {
		answer = await sendTest(type, values);
	} catch (error) {
		const status = (error as { cause?: { response?: { status?: number } } }).cause?.response
			?.status;
		const broken = rules.find(
			(rule) => rule.type === 'responseCode' && rule.properties.value === status,
		);
		throw broken === undefined ? error : new Error(broken.properties.message);
	}
	const broken = rules.find(
		({ type: kind, properties }) =>
			kind === 'responseSuccessBody' &&
			'key' in properties &&
			valueAt(answer, properties.key) === properties.value,
	);
	if (broken !== undefined) throw new Error(broken.properties.message);
}

/** What n8n's lodash finds there: also what texts have, such as their constructor. */
function valueAt(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((place, key) => {
		if (place === undefined || place === null) return undefined;
		return (Object(place) as Record<string, unknown>)[key];
	}, value);
}

async function sendTest(type: string, values: Values): Promise<unknown> {
	const { workflow, node, nodeType } = nodeAround(type);
	const definition = { nodes: [], connections: {}, items: [], credentials: { [type]: values } };
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		node,
		createAdditionalData(definition, workflow, 'internal', []),
		'internal',
		createRunExecutionData(),
		0,
		input.main[0] ?? [],
		input,
		{ node, data: input, source: null },
		[],
	);
	const outputs = await new RoutingNode(context, nodeType).runNode();
	return outputs?.[0]?.[0]?.json;
}

/** The address of that request, which is not sent. */
export function credentialTestUrl(type: string, values: Values): string {
	const { workflow, node } = nodeAround(type);
	const { baseURL = '', url = '' } = testOf(type).request;
	return [baseURL, url]
		.map((part) =>
			String(
				workflow.expression.getSimpleParameterValue(node, part, 'internal', {
					$credentials: values,
				}),
			),
		)
		.join('');
}

function testOf(type: string): ICredentialTestRequest {
	const test = packageCredentials.find(({ name }) => name === type)?.test;
	if (test === undefined) throw new Error(`The credential ${type} has no test`);
	return test;
}

/** n8n sends the request with a node that has nothing but it. */
function nodeAround(type: string) {
	const node: INode = {
		id: 'credential-test',
		name: 'Credential Test',
		type: 'test.credential',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeType: INodeType = {
		description: {
			displayName: 'Credential Test',
			name: 'credential',
			group: ['transform'],
			version: 1,
			description: 'Sends the test request of a credential',
			defaults: { name: 'Credential Test' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Test',
					name: 'test',
					type: 'string',
					default: '',
					routing: { request: testOf(type).request },
				},
			],
		},
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return { workflow, node, nodeType };
}
