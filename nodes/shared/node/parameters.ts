import {
	ExpressionError,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeParameters,
	type IPollFunctions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
	type NodeParameterValueType,
} from 'n8n-workflow';

import { InvalidInputError } from '../errors';
import { readNumber } from '../input';
import type { CrawlProvider, ReadParameter } from '../provider';

/** The node contexts that have no input item. */
type ItemlessContext = IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** Reads the parameters of one input item; a resource locator gives the id it holds. */
export function itemParameters(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	return (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback, { extractValue: true }) as unknown;
}

/**
 * Reads the parameters of a node that has no input item.
 * @throws {InvalidInputError} for an expression that cannot be evaluated
 */
export function nodeParameters(context: ItemlessContext): ReadParameter {
	return (name, fallback, label = name) => {
		const { value, error } = tryToRead(context, name, fallback);
		if (error === null) return value;
		throw new InvalidInputError(
			`An expression in the field '${label}' cannot be evaluated: ${error.message}`,
			'Correct the expression, or enter a fixed value.',
		);
	};
}

/** The same in the editor, where such an expression, as one that reads an item, counts as empty. */
export function editorParameters(context: ILoadOptionsFunctions): ReadParameter {
	return (name, fallback) => tryToRead(context, name, fallback).value;
}

function tryToRead(
	context: ItemlessContext,
	name: string,
	fallback: unknown,
): { value: unknown; error: ExpressionError | null } {
	try {
		return { value: context.getNodeParameter(name, fallback, { extractValue: true }), error: null };
	} catch (error) {
		// Any other error means that there is no such parameter.
		return { value: fallback, error: error instanceof ExpressionError ? error : null };
	}
}

/** Keeps in `values` what is read, so that {@link replayed} reads the same without the item. */
export function recorded(read: ReadParameter, values: INodeParameters): ReadParameter {
	return (name, fallback) => {
		const value = read(name, fallback);
		values[name] = value as NodeParameterValueType;
		return value;
	};
}

/** Reads parameters that {@link recorded} has kept. */
export function replayed(values: INodeParameters): ReadParameter {
	return (name, fallback) => (Object.hasOwn(values, name) ? values[name] : fallback);
}

/**
 * How many results the user wants; `Infinity` for all.
 * @throws {InvalidInputError} for a limit that is not a number from 1
 */
export function readLimit(parameter: ReadParameter): number {
	if (parameter('returnAll') === true) return Infinity;
	return Math.floor(readNumber(parameter('limit'), 'Limit', { minimum: 1 }));
}

export function readSimplify(parameter: ReadParameter): boolean {
	return parameter('simplify') === true;
}

/** The parameters that decide how a provider's API is reached. */
export function connectionParameters(
	provider: CrawlProvider,
	read: ReadParameter,
): INodeParameters {
	const parameters: INodeParameters = {};
	const parameter = recorded(read, parameters);
	// What they read counts here, and not what they give.
	provider.credentialType(parameter);
	provider.requestHeaders?.(parameter);
	return parameters;
}
