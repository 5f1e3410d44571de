import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { packageCredentials, registeredNodes } from '../support/engine/packageTypes';

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** All fields under the given ones, with the given ones. */
function fieldsIn(option: Option): INodeProperties[] {
	if ('value' in option) return [];
	if ('values' in option) return option.values.flatMap(fieldsIn);
	return [option, ...(option.options ?? []).flatMap(fieldsIn)];
}

const OWNERS = [...registeredNodes.map(({ node }) => node.description), ...packageCredentials].map(
	({ displayName, properties }) => ({ displayName, fields: properties.flatMap(fieldsIn) }),
);

describe.each(OWNERS)('the fields of $displayName', ({ fields }) => {
	it('have placeholders that are examples', () => {
		const placeholders = fields
			.filter(({ type }) => !['collection', 'fixedCollection'].includes(type))
			.flatMap(({ placeholder, modes = [] }) => [
				placeholder,
				...modes.map((mode) => mode.placeholder),
			])
			.filter((text) => text !== undefined);
		expect(placeholders.filter((text) => !text.startsWith('e.g. '))).toEqual([]);
	});

	it('offer the list before the ID', () => {
		const modes = fields.flatMap((field) => (field.modes ? [field.modes] : []));
		expect(modes.filter(([first]) => first?.name !== 'list')).toEqual([]);
	});

	it('open as a list where no expression reads the ID', () => {
		const locators = fields.filter(({ type }) => type === 'resourceLocator');
		const closed = locators.filter(({ default: initial }) => {
			const { mode, value } = initial as { mode: string; value: string };
			return value === '' && mode !== 'list';
		});
		expect(closed.map(({ name }) => name)).toEqual([]);
	});
});

// As n8n's guidelines for community nodes ask for.
it('names operations without articles in the search for nodes', () => {
	const actions = registeredNodes
		.flatMap(({ node }) => node.description.properties.flatMap(({ options = [] }) => options))
		.flatMap((option) => ('action' in option && option.action) || []);
	expect(actions.filter((action) => /\b(?:an?|the)\b/i.test(action))).toEqual([]);
});
