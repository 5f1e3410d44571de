import type {
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';

/** A field that takes booleans, numbers or choices, in the operation that it belongs to. */
export interface TypedField {
	/** The node's internal name. */
	node: string;
	/** Node, operation and field, for the title of a test. */
	title: string;
	/** The values of the fields that choose the operation. */
	operation: INodeParameters;
	/** Where it stands in the parameters. */
	path: readonly string[];
	/** What an error calls it. */
	label: string;
	property: INodeProperties;
	/** The fields around it, outermost first. */
	parents: readonly INodeProperties[];
}

const TYPES: readonly string[] = ['boolean', 'number', 'options', 'multiOptions'];

/** Fields that choose what a node does, which the tests fix. */
const SELECTORS: readonly string[] = ['resource', 'operation', 'provider', 'waitMode'];

/** All such fields of a node, once for each operation that has them. */
export function typedFields({ name, properties }: INodeTypeDescription): TypedField[] {
	return operationsOf(properties).flatMap((operation) =>
		properties
			.filter((property) => !SELECTORS.includes(property.name) && isShown(property, operation))
			.flatMap((property) => fieldsIn(property, [], [], ''))
			.filter(({ property }) => isShown(property, operation, '/'))
			.map((field) => ({
				...field,
				node: name,
				operation,
				title: `${name} ${Object.values(operation as Record<string, string>).join(' ')}: ${field.path.join('.')}`,
			})),
	);
}

/** The parameters with a value at the field's place, and with what has to be set for it to show. */
export function withField(
	parameters: INodeParameters,
	{ path, property, parents }: TypedField,
	value: NodeParameterValueType,
): INodeParameters {
	const result = structuredClone(parameters);
	const parent = path.slice(0, -1).reduce<INodeParameters>((place, key) => {
		place[key] ??= {};
		return place[key] as INodeParameters;
	}, result);
	const [outermost = property] = parents;
	const atRoot = Object.entries(outermost.displayOptions?.show ?? {}).map(
		([name, values]) => [`/${name}`, values] as const,
	);
	const own = parents.length === 0 ? [] : Object.entries(property.displayOptions?.show ?? {});
	for (const [name, [first] = []] of [...atRoot, ...own]) {
		const isAtRoot = name.startsWith('/');
		if (SELECTORS.includes(name.replace('/', ''))) continue;
		(isAtRoot ? result : parent)[name.replace('/', '')] = first as NodeParameterValueType;
	}
	parent[path.at(-1) ?? ''] = value;
	return result;
}

function fieldsIn(
	property: INodeProperties,
	parents: readonly INodeProperties[],
	place: readonly string[],
	group: string,
): Array<Omit<TypedField, 'node' | 'title' | 'operation'>> {
	const { name, displayName, type, options = [] } = property;
	const path = [...place, name];
	const inner = [...parents, property];
	const label = `${group}${displayName.replace(/ \(.*/, '')}`;
	if (type === 'collection') {
		return options.flatMap((option) => ('type' in option ? fieldsIn(option, inner, path, '') : []));
	}
	if (type === 'fixedCollection') {
		return options.flatMap((option) =>
			'values' in option
				? option.values.flatMap((value) =>
						fieldsIn(value, inner, [...path, option.name], `${label} > `),
					)
				: [],
		);
	}
	const isLoaded = property.typeOptions?.loadOptionsMethod !== undefined;
	return TYPES.includes(type) && !isLoaded ? [{ path, label, property, parents }] : [];
}

function operationsOf(properties: readonly INodeProperties[]): INodeParameters[] {
	const operations = properties.filter(({ name }) => name === 'operation');
	if (operations.length > 0) {
		return operations.flatMap((selector) =>
			valuesOf(selector).flatMap((operation) =>
				(selector.displayOptions?.show?.resource ?? []).map((resource) => ({
					resource: resource as string,
					operation,
				})),
			),
		);
	}
	const provider = properties.find(({ name }) => name === 'provider');
	return valuesOf(provider).map((value) => ({ provider: value, waitMode: 'checkOnce' }));
}

function valuesOf({ options = [] }: Partial<INodeProperties> = {}): string[] {
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

function isShown(
	{ displayOptions }: INodeProperties,
	operation: INodeParameters,
	prefix = '',
): boolean {
	return Object.entries(operation).every(([name, value]) => {
		const allowed = displayOptions?.show?.[`${prefix}${name}`];
		return allowed === undefined || allowed.includes(value as string);
	});
}
