import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

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

/** How many results the user wants; `Infinity` for all. */
export function readLimit(parameter: ReadParameter): number {
	return parameter('returnAll') === true ? Infinity : Number(parameter('limit'));
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
