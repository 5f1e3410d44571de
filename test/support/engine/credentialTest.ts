import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestFunction,
	type ICredentialTestRequest,
	type INode,
	type INodeType,
} from 'n8n-workflow';

import { MemoryCredentialsHelper } from './credentialsHelper';
import { packageCredentials, registeredNodes } from './packageTypes';
import { createAdditionalData } from './runWorkflow';

type Values = ICredentialDataDecryptedObject;

/**
 * Does what n8n does when a user saves a credential: sends the request that its type declares, and
 * goes by the rules that stand beside it; or else calls the function of a node that tests it.
 * @param test that function, to take another
 * @throws what the user would see when the test fails
 */
export async function runCredentialTest(
	type: string,
	values: Values,
	test = testFunctionOf(type),
): Promise<void> {
	if (test === undefined) return await runDeclaredTest(type, values);
	const { workflow, node } = nodeAround(type);
	const definition = { nodes: [], connections: {}, items: [], credentials: { [type]: values } };
	const context = new CredentialTestContext(
		createAdditionalData(definition, workflow, 'internal', []),
	);
	const data = await new MemoryCredentialsHelper({ [type]: values }).getDecrypted(
		{},
		{ id: type, name: type },
		type,
	);
	const result = await test.call(context, { id: node.id, name: type, type, data });
	if (result.status === 'Error') throw new Error(result.message);
}

function testFunctionOf(type: string): ICredentialTestFunction | undefined {
	for (const { node } of registeredNodes) {
		for (const { name, testedBy } of node.description.credentials ?? []) {
			if (name !== type || typeof testedBy !== 'string') continue;
			return node.methods?.credentialTest?.[testedBy];
		}
	}
	return undefined;
}

async function runDeclaredTest(type: string, values: Values): Promise<void> {
	const rules = declaredTestOf(type)?.rules ?? [];
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

function declaredTestOf(type: string): ICredentialTestRequest | undefined {
	return packageCredentials.find(({ name }) => name === type)?.test;
}

/** n8n sends the request with a node that has nothing but it. */
function nodeAround(type: string) {
	const test = declaredTestOf(type);
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
					...(test && { routing: { request: test.request } }),
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
