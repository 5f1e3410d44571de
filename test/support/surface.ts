import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/*
 * What saved workflows hold on to, as lines of text: nodes, outputs, credentials, fields, their
 * values and defaults, without the words of the editor.
 */

/** The lines of a node. */
export function surfaceOfNode({ description }: Pick<INodeType, 'description'>): string[] {
	const { name, version, outputs, outputNames = [], credentials = [] } = description;
	const [first = 1, ...later] = [version].flat();
	const head = [
		...[first, ...later].map((each) => `node ${name} version ${each}`),
		`node ${name} outputs ${String(outputs.length)} ${outputNames.join(', ')}`.trim(),
		...credentials.map((credential) => `node ${name} credential ${credential.name}`),
	];
	const fields = fieldsOf(`node ${name}`, description, first);
	const changed = later.flatMap((each) =>
		fieldsOf(`node ${name}`, description, each)
			.filter((line) => !fields.includes(line))
			.map((line) => `${line} in version ${each}`),
	);
	return sorted([...head, ...fields, ...changed]);
}

/** The lines of the fields that a version of a node has. */
function fieldsOf(node: string, description: INodeTypeDescription, version: number): string[] {
	return operationsOf(description).flatMap(({ place, properties }) =>
		properties
			.filter((property) => isShownFor(property, '@version', String(version)))
			.flatMap((property) => surfaceOfField(`${node} ${place}`.trim(), property)),
	);
}

/** The lines of a credential type. */
export function surfaceOfCredential({ name, extends: bases = [], properties }: ICredentialType) {
	const head = [`credential ${name} extends ${bases.join(', ') || 'nothing'}`];
	// What is hidden is not saved with a credential: each n8n start takes it from the type anew.
	const visible = properties.filter(({ type }) => type !== 'hidden');
	const fields = visible.flatMap((property) => surfaceOfField(`credential ${name}`, property));
	return sorted([...head, ...fields]);
}

interface Operation {
	/** Such as "crawl.start"; empty in a node without operations. */
	place: string;
	properties: INodeProperties[];
}

function operationsOf({ properties }: INodeTypeDescription): Operation[] {
	const isSelector = ({ name }: INodeProperties) => name === 'resource' || name === 'operation';
	const operations = properties.filter(({ name }) => name === 'operation');
	if (operations.length === 0) return [{ place: '', properties }];
	return operations.flatMap((selector) =>
		valuesOf(selector).flatMap((operation) =>
			shownValues(selector, 'resource').map((resource) => ({
				place: `${resource}.${operation}`,
				properties: properties.filter(
					(property) =>
						!isSelector(property) &&
						isShownFor(property, 'resource', resource) &&
						isShownFor(property, 'operation', operation),
				),
			})),
		),
	);
}

function isShownFor(property: INodeProperties, field: string, value: string): boolean {
	const values = shownValues(property, field);
	return values.length === 0 || values.includes(value);
}

function shownValues({ displayOptions }: INodeProperties, field: string): string[] {
	return (displayOptions?.show?.[field] ?? []).map(String);
}

function valuesOf({ options = [] }: INodeProperties): string[] {
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
}

function surfaceOfField(place: string, property: INodeProperties): string[] {
	const { name, type, options = [] } = property;
	if (type === 'notice') return [];
	const initial = JSON.stringify(initialOf(property));
	const line = `${place} ${name}: ${type} = ${initial}${conditionOf(property)}`;
	return [line, ...options.flatMap((option) => surfaceOfOption(`${place} ${name}`, option))];
}

/** In a field that holds no id yet, nothing depends on whether it opens as a list. */
function initialOf({ type, default: initial }: INodeProperties): unknown {
	const { value } = Object(initial) as { value?: unknown };
	return type === 'resourceLocator' && value === '' ? { value } : initial;
}

function surfaceOfOption(
	place: string,
	option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
): string[] {
	if ('type' in option) return surfaceOfField(place, option);
	return 'value' in option ? [`${place} may be ${JSON.stringify(option.value)}`] : [];
}

function conditionOf({ displayOptions }: INodeProperties): string {
	const conditions = Object.entries(displayOptions?.show ?? {})
		.filter(([field]) => !['resource', 'operation', '@version'].includes(field))
		.map(([field, values]) => `${field} ${[...(values ?? [])].map(String).sort().join('|')}`);
	return conditions.length === 0 ? '' : ` when ${conditions.sort().join(' and ')}`;
}

function sorted(lines: readonly string[]): string[] {
	return [...new Set(lines)].sort();
}
