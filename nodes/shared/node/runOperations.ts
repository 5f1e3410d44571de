import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../http/connection';
import { readChoice } from '../input';
import type { CrawlProvider, ReadParameter } from '../provider';
import { operationReading } from './listReading';
import { errorText, toNodeError, toThrow } from './nodeError';
import type { AnyOperation, Resources } from './operations';
import { itemParameters } from './parameters';
import { typedParameters } from './typedParameters';

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
