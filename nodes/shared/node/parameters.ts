import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeParameters,
	IPollFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
	NodeParameterValueType,
} from 'n8n-workflow';

import { readNumber } from '../input';
import type { ReadParameter } from '../provider';

/** The node contexts that have no input item. */
type ItemlessContext = IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** Reads the parameters of one input item; a resource locator gives the id it holds. */
export function itemParameters(context: IExecuteFunctions, itemIndex: number): ReadParameter {
	return (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback, { extractValue: true }) as unknown;
}

/**
 * Reads the parameters of a node that has no input item, as in the editor. A parameter whose
 * expression reads an item counts as empty.
 */
export function nodeParameters(context: ItemlessContext): ReadParameter {
	return (name, fallback) => {
		try {
			return context.getNodeParameter(name, fallback, { extractValue: true }) as unknown;
		} catch {
			return fallback;
		}
	};
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
