import {
	NodeConnectionTypes,
	NodeHelpers,
	sleep,
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

/** Stands in for n8n's Webhook node, with the items of the request. */
class Webhook implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Webhook',
		name: 'webhook',
		group: ['transform'],
		version: 1,
		description: 'Passes its items on',
		defaults: { name: 'Webhook' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Respond', name: 'responseMode', type: 'string', default: 'onReceived' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Stands in for n8n's Wait node, which sleeps in the process as well when the time is short. */
class Pause implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Pause',
		name: 'pause',
		group: ['transform'],
		version: 1,
		description: 'Passes its items on after some milliseconds',
		defaults: { name: 'Pause' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Ms', name: 'ms', type: 'number', default: 0 }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		await sleep(this.getNodeParameter('ms', 0) as number);
		return [this.getInputData()];
	}
}

/** Stands in for n8n's Merge node: runs when it has both inputs, and gives the items of the first, then of the second. */
class Append implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Append',
		name: 'append',
		group: ['transform'],
		version: 1,
		description: 'Gives the items of both inputs',
		defaults: { name: 'Append' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		requiredInputs: 1,
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [[...this.getInputData(0), ...this.getInputData(1)]];
	}
}

/** A note on the canvas, which no execution runs. */
class StickyNote implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Sticky Note',
		name: 'stickyNote',
		group: ['input'],
		version: 1,
		description: 'Makes a workflow easier to understand',
		defaults: { name: 'Sticky Note' },
		inputs: [],
		outputs: [],
		properties: [{ displayName: 'Content', name: 'content', type: 'string', default: '' }],
	};
}

const types: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': new ManualTrigger(),
	'n8n-nodes-base.stickyNote': new StickyNote(),
	'test.append': new Append(),
	'test.evaluate': new Evaluate(),
	'test.webhook': new Webhook(),
	'test.pause': new Pause(),
	...packageNodes,
	// As n8n offers them to AI agents.
	...Object.fromEntries(Object.entries(packageNodes).map(([name, type]) => [`${name}Tool`, type])),
};

/** Further nodes, by their full type name. */
export function addNodeTypes(added: Record<string, INodeType>): void {
	Object.assign(types, added);
}

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
