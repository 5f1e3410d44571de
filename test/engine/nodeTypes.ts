import {
	NodeConnectionTypes,
	NodeHelpers,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';

import { packageNodes } from './packageTypes';

/** Stands where a workflow starts; its items are pinned on it. */
class ManualTrigger implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Manual Trigger',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the workflow',
		defaults: { name: 'Manual Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	};

	async trigger(): Promise<object> {
		return {};
	}
}

/** Evaluates an expression for each item it gets, as a node further down a workflow would. */
class Evaluate implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Evaluate',
		name: 'evaluate',
		group: ['transform'],
		version: 1,
		description: 'Evaluates an expression for each item',
		defaults: { name: 'Evaluate' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [
			this.getInputData().map((_, item) => ({
				json: { value: this.getNodeParameter('value', item) as string },
				pairedItem: { item },
			})),
		];
	}
}

const types: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': new ManualTrigger(),
	'test.evaluate': new Evaluate(),
	...packageNodes,
};

/** The package's nodes and the few that tests put around them. */
export const nodeTypes: INodeTypes = {
	getByName: requireType,
	getByNameAndVersion: (name) => NodeHelpers.getVersionedNodeType(requireType(name)),
	getKnownTypes: () => ({}),
};

function requireType(name: string): INodeType {
	const type = types[name];
	if (type === undefined) throw new Error(`There is no node type ${name} in the tests`);
	return type;
}
