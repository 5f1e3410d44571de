import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

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

/** *Return All* and *Limit*, to be read with `readLimit`. */
export function limitProperties(): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
			displayOptions: { show: { returnAll: [false] } },
		},
	];
}

/** *Simplify*, to be read with `readSimplify`. */
export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/**
 * What makes a field one in which something is chosen from a list, or named by its id.
 * @param searchListMethod the search that gives the list
 * @param initial an expression that reads the id from the input item; empty to choose from the list
 * @param placeholder an example of an id
 */
export function idOrList(
	searchListMethod: string,
	initial: string,
	placeholder?: string,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	return {
		type: 'resourceLocator',
		default: { mode: initial === '' ? 'list' : 'id', value: initial },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				...(placeholder !== undefined && { placeholder: `e.g. ${placeholder}` }),
			},
		],
	};
}

/** The field *Options*, with the given ones in it, by their names. */
export function optionsProperty(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		// With localeCompare, n8n would start later: it loads what all languages have for rules.
		options: [...options].sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
	};
}

/** The option of the operations and nodes that can add the provider's answer to a CrawlJob. */
export const includeRawOption: INodeProperties = {
	displayName: 'Include Raw Response',
	name: 'includeRaw',
	type: 'boolean',
	default: false,
	description: "Whether to add the provider's response, as received, in the field 'raw'",
};
