import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from './http/connection';
import { errorText, toNodeError } from './nodeError';
import type { CrawlProvider, CredentialSettings, ReadParameter, SendRequest } from './provider';

/** What an operation works with: one input item's parameters and the provider's API. */
export interface OperationCall {
	parameter: ReadParameter;
	send: SendRequest;
	/** Ids that the credential gives where the node's own field is empty. */
	defaults: CredentialSettings['defaults'];
}

/** One operation of a node, run once for each input item. Each object it gives becomes an item. */
export type Operation = (call: OperationCall) => Promise<object[]>;

/** The operations of a node by the values of its `resource` and `operation` parameters. */
export type OperationTable = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Runs a provider node: the chosen operation, item by item. */
export async function runOperations(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	table: OperationTable,
): Promise<INodeExecutionData[][]> {
	const results: INodeExecutionData[] = [];
	let secrets: string[] = [];

	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		try {
			const parameter = parameterReader(context, itemIndex);
			const operation = table[String(parameter('resource'))]?.[String(parameter('operation'))];
			if (operation === undefined) throw new Error('The chosen operation does not exist');

			const { send, settings } = await connect(context, provider, parameter);
			secrets = settings.secrets;
			const outputs = await operation({ parameter, send, defaults: settings.defaults });
			results.push(
				...outputs.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } })),
			);
		} catch (error) {
			const nodeError = toNodeError(context.getNode(), error, itemIndex, secrets);
			if (!context.continueOnFail()) throw nodeError;
			results.push({ json: { error: errorText(nodeError) }, pairedItem: { item: itemIndex } });
		}
	}
	return [results];
}

/** Reads the parameters of one input item; a resource locator gives the id it holds. */
export function parameterReader(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	return (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback, { extractValue: true }) as unknown;
}
