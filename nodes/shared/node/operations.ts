import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { itemParameters } from './parameters';
import { connect } from '../http/connection';
import { readChoice } from '../input';
import type { ApiCall, CrawlProvider, ReadParameter } from '../provider';
import { showFor } from './fields';
import { operationReading } from './listReading';
import { errorText, toNodeError, toThrow } from './nodeError';
import { typedParameters } from './typedParameters';

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

type AnyOperation = ResourceOperation | JointOperation;

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

/** Runs a provider's node: the chosen operation, item by item. */
export async function runOperations(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	const results: INodeExecutionData[] = [];
	let secrets: string[] = [];

	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		try {
			const given = itemParameters(context, itemIndex);
			const operation = chosenOperation(resources, given);
			if ('runAll' in operation) return await operation.runAll(context);
			const parameter = typedParameters(given, [
				...provider.jobProperties,
				...operation.properties,
			]);

			const { send, settings } = await connect(context, provider, parameter);
			secrets = settings.secrets;
			const outputs = await operation.run({
				parameter,
				send,
				defaults: settings.defaults,
				reading: operationReading(context),
			});
			// One by one: the arguments of a call have to fit on the stack.
			for (const json of outputs) {
				results.push({ json: json as IDataObject, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex, secrets);
			if (!context.continueOnFail()) throw toThrow(context, nodeError);
			results.push({ json: { error: errorText(nodeError) }, pairedItem: { item: itemIndex } });
		}
	}
	return [results];
}

/** @throws {InvalidInputError} when there is no such resource, or it has no such operation */
function chosenOperation(resources: Resources, parameter: ReadParameter): AnyOperation {
	const choices = Object.entries(resources).map(([name, value]) => ({ name, value }));
	const operations = readChoice(parameter('resource'), 'Resource', choices);
	return readChoice(
		parameter('operation'),
		'Operation',
		operations.map((operation) => ({ name: operation.value, value: operation })),
	);
}
