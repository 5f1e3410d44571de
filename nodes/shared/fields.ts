import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { InvalidInputError } from './identifiers';
import type { ReadParameter } from './provider';

/** When a field is shown: names of other fields and the values they must have. */
export type ShowWhen = NonNullable<IDisplayOptions['show']>;

/** The given fields, shown only under a condition. */
export function showFor(properties: INodeProperties[], show: ShowWhen): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, ...show },
		},
	}));
}

/** *Return All* and *Limit*, to be read with {@link readLimit}. */
export function limitProperties(show: ShowWhen): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
			displayOptions: { show },
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { ...show, returnAll: [false] } },
		},
	];
}

/**
 * How many results the user wants; `Infinity` for all.
 * @throws {InvalidInputError} for a limit that is no number from 1
 */
export function readLimit(parameter: ReadParameter): number {
	if (parameter('returnAll') === true) return Infinity;
	const limit = Number(parameter('limit'));
	if (limit >= 1) return Math.floor(limit);
	throw new InvalidInputError(
		'Limit is not a number from 1',
		'Give Limit as a number, or turn on Return All.',
	);
}

/** *Simplify*, to be read with {@link readSimplify}. */
export function simplifyProperty(show: ShowWhen): INodeProperties {
	return {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show },
	};
}

export function readSimplify(parameter: ReadParameter): boolean {
	return parameter('simplify') === true;
}

/** The options of a status operation: *Include Raw Response*, and what a provider has besides. */
export function includeRawOption(
	show: ShowWhen,
	...providerOptions: INodeProperties[]
): INodeProperties[] {
	return [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show },
			options: [
				{
					displayName: 'Include Raw Response',
					name: 'includeRaw',
					type: 'boolean',
					default: false,
					description: "Whether to add the provider's untouched answer as the field raw",
				},
				...providerOptions,
			],
		},
	];
}
