import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { providers } from '../../../nodes/providers';
import { registeredNodes } from '../engine/packageTypes';
import { isShown, newestVersion, shownFor, type Shown } from '../shownFields';

const FOLDER = resolve(__dirname, '..', '..', '..', 'docs', 'nodes');

const BEGIN = '<!-- fields: written by npm run docs -->';
const END = '<!-- /fields -->';

/** They are in the headings. */
const CHOICES = new Set(['resource', 'operation']);

/** The page of each node in `docs/nodes/`: its path, and what the node is. */
export const NODE_PAGES: ReadonlyArray<{ file: string; description: INodeTypeDescription }> =
	registeredNodes.map(({ node }) => ({
		file: join(FOLDER, `${pageName(node.description.displayName)}.md`),
		description: node.description,
	}));

/** The files in the folder of the pages. */
export const filesOfPages = (): string[] => readdirSync(FOLDER).map((name) => join(FOLDER, name));

/**
 * A page with the list of the fields as they are in the editor, in place of the list in it.
 * @throws Error when the page has no place for it
 */
export function withFields(page: string, description: INodeTypeDescription): string {
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`There is no ${BEGIN}`);
	return `${before}${BEGIN}\n\n${listFields(description)}\n\n${END}${after}`;
}

function listFields(description: INodeTypeDescription): string {
	const { properties } = description;
	const shown = { '@version': newestVersion(description) };
	const operations = properties.filter(({ name }) => name === 'operation');
	if (operations.length === 0) return listByProvider(properties, shown);
	return operations
		.flatMap((field) => {
			const [resource = ''] = shownFor(field, 'resource');
			return optionsOf(field).map(({ name, value, description: text }) =>
				[
					`### ${nameOf(properties, 'resource', resource)}: ${name}`,
					text?.endsWith('.') === true ? text : `${text}.`,
					listOf(properties, { ...shown, resource, operation: String(value) }),
				].join('\n\n'),
			);
		})
		.join('\n\n');
}

/** What every provider has, and then what only one has. */
function listByProvider(properties: INodeProperties[], shown: Shown): string {
	const field = properties.find(
		(property) => property.name === 'provider' && isShown(property, shown),
	);
	const common = properties.filter(({ displayOptions }) => !namesProvider(displayOptions?.show));
	const own = optionsOf(field).flatMap(({ name, value }) => {
		const context = { ...shown, provider: String(value) };
		const list = listOf(
			properties.filter((property) => !common.includes(property)),
			context,
		);
		return list === '' ? [] : [`### ${name}\n\n${list}`];
	});
	return [`### All providers\n\n${listOf(common, shown)}`, ...own].join('\n\n');
}

function listOf(properties: INodeProperties[], shown: Shown, indent = ''): string {
	return (
		properties
			.filter(({ name, type }) => !CHOICES.has(name) && type !== 'hidden' && type !== 'notice')
			.filter((property) => isShown(property, shown))
			// Where a field has two forms, one of them is shown at a time.
			.filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
			.map((property) => describe(property, shown, indent))
			.join('\n')
	);
}

function describe(property: INodeProperties, shown: Shown, indent: string): string {
	const { displayName, description, required } = property;
	const note = required === true ? ' (required)' : defaultOf(property);
	const of = shown.provider === undefined ? onlyFor(property) : '';
	const text = description === undefined ? '' : `: ${withoutTags(description)}`;
	const inner = innerFields(property);
	const line = `${indent}- **${displayName}**${note}${of}${text}`;
	const nested = listOf(inner, shown, `${indent}  `);
	return nested === '' ? line : `${line}\n${nested}`;
}

function innerFields({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	if (type !== 'fixedCollection') return [];
	return (options as INodePropertyCollection[]).flatMap(({ values }) => values);
}

/** The providers of an option that not all of them have. */
function onlyFor(property: INodeProperties): string {
	const ids = shownFor(property, '/provider');
	const names = providers
		.filter(({ id }) => ids.includes(id))
		.map(({ displayName }) => displayName);
	const areSome = names.length > 0 && names.length < providers.length;
	return areSome ? `, only for ${names.join(', ')}` : '';
}

/** The default, where it says something. */
function defaultOf(property: INodeProperties): string {
	const { default: value, type } = property;
	const shown =
		type === 'options' ? optionsOf(property).find((option) => option.value === value)?.name : value;
	if (typeof shown === 'boolean') return shown ? ' (on)' : ' (off)';
	if (typeof shown === 'number') return ` (${shown})`;
	return typeof shown === 'string' && shown !== '' && !shown.startsWith('=') ? ` (${shown})` : '';
}

function namesProvider(show: object = {}): boolean {
	return 'provider' in show || '/provider' in show;
}

function nameOf(properties: INodeProperties[], field: string, value: string): string {
	const found = optionsOf(properties.find(({ name }) => name === field)).find(
		(option) => option.value === value,
	);
	return found?.name ?? value;
}

function optionsOf(field: INodeProperties | undefined): INodePropertyOptions[] {
	return (field?.options ?? []) as INodePropertyOptions[];
}

function withoutTags(text: string): string {
	return text.replace(/<[^>]+>/g, '');
}

function pageName(displayName: string): string {
	return displayName.toLowerCase().replaceAll(' ', '-');
}
