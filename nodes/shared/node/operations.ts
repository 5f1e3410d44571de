import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { ApiCall } from '../provider';
import { showFor } from './fields';

/** Runs once for each input item. Each object that it returns becomes an item. */
export type Operation = (call: ApiCall) => Promise<object[]>;

/** One operation of a node in the editor: its name and its fields. */
interface OperationEntry {
	/** The choice in the field *Operation*. */
	name: string;
	value: string;
	/** The sentence that the editor's node panel offers, such as "Start crawl". */
	action: string;
	description: string;
	/** Shown for this operation alone. */
	properties: INodeProperties[];
}

/** An operation that works on one item after the other. */
export interface ResourceOperation extends OperationEntry {
	run: Operation;
}

/** An operation that works on all items at once, and sees to their errors by itself. */
export interface JointOperation extends OperationEntry {
	runAll: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
}

export type AnyOperation = ResourceOperation | JointOperation;

/** A node's resources by the values of its field *Resource*, each with its operations by name. */
export type Resources = Readonly<Record<string, readonly AnyOperation[]>>;

/**
 * The field *Operation* of a resource and the fields of its operations.
 * @param defaultOperation the value that is chosen at first
 */
export function operationProperties(
	resource: string,
	operations: readonly AnyOperation[],
	defaultOperation: string,
): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ name, value, action, description }) => ({
				name,
				value,
				action,
				description,
			})),
			default: defaultOperation,
		},
		...operations.flatMap(({ value, properties }) =>
			showFor(properties, { resource: [resource], operation: [value] }),
		),
	];
}
