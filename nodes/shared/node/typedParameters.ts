import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValueType,
} from 'n8n-workflow';

import { InvalidInputError } from '../errors';
import {
	isBlank,
	readBoolean,
	readChoice,
	readChoices,
	readJson,
	readNumber,
	readText,
	readWords,
	requireWholeCharacters,
} from '../input';
import type { ReadParameter } from '../provider';

/**
 * Reads parameters as what their fields hold, since an expression can return anything: `"true"` for
 * a boolean, `"3"` for a number, `"Training"` for a choice, `"markdown"` for a list of choices, a
 * JSON text for an object. Where it returns nothing, the field's default counts; in a collection,
 * the option counts as not set.
 * @param properties the fields; a parameter that is none of them is read as it is
 * @throws {InvalidInputError} while reading, for a value that a field cannot hold
 */
export function typedParameters(
	read: ReadParameter,
	properties: readonly INodeProperties[],
): ReadParameter {
	const fields = new Map(properties.map((property) => [property.name, property]));
	return (name, fallback) => {
		const field = fields.get(name);
		if (field === undefined) return read(name, fallback);
		const label = labelOf(field);
		return readField(field, read(name, fallback, label), label) ?? fallback ?? blankOf(field);
	};
}

/** What a field counts as that holds nothing. Defaults of texts and ids can be expressions. */
function blankOf({ type, default: initial }: INodeProperties): NodeParameterValueType {
	return type === 'string' || type === 'resourceLocator' ? '' : initial;
}

/** The value of a field; `undefined` for one that holds nothing. */
function readField(field: INodeProperties, value: unknown, label: string): unknown {
	if (isBlank(value)) return undefined;
	requireWholeCharacters(value, label);
	switch (field.type) {
		case 'boolean':
			return readBoolean(value, label);
		case 'number':
			return readNumber(value, label, {
				minimum: field.typeOptions?.minValue,
				maximum: field.typeOptions?.maxValue,
				isWhole: field.typeOptions?.numberPrecision === 0,
			});
		case 'options':
			return readChoice(value, label, choicesOf(field));
		case 'multiOptions':
			return hasLoadedChoices(field)
				? readWords(value).map((word) => readText(word, label))
				: readChoices(value, label, choicesOf(field));
		case 'string':
			return isList(field) ? value : readText(value, label);
		case 'json':
			return readJson(value, label);
		case 'collection':
			return readCollection(field, value, label);
		case 'fixedCollection':
			return readFixedCollection(field, value, label);
		default:
			return value;
	}
}

/** A text field of several rows holds a list; its operation knows of what. */
function isList({ typeOptions }: INodeProperties): boolean {
	return (typeOptions?.rows ?? 1) > 1;
}

function hasLoadedChoices({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.loadOptionsMethod !== undefined;
}

function readCollection(field: INodeProperties, value: unknown, label: string): object {
	const given = readObject(value, label);
	const options = (field.options ?? []).filter((option) => 'type' in option);
	return readValues(options, given, (option) => labelOf(option));
}

/** Groups of fields by their names, each group once or as a list. */
function readFixedCollection(field: INodeProperties, value: unknown, label: string): object {
	const groups = (field.options ?? []).filter((option) => 'values' in option);
	const given = readObject(value, label);
	const isMultiple = field.typeOptions?.multipleValues === true;
	const entries = Object.entries(given).flatMap(([name, group]) => {
		const known = groups.find((candidate) => candidate.name === name);
		if (known === undefined) throw wrongShape(label);
		if (isBlank(group)) return [];
		if (!isMultiple) return [[name, readGroup(known, group, label)]];
		const list: unknown[] = Array.isArray(group) ? group : [group];
		return [[name, list.map((entry) => readGroup(known, entry, label))]];
	});
	return Object.fromEntries(entries) as object;
}

function readGroup({ values }: INodePropertyCollection, value: unknown, label: string): object {
	const defaults = values.map(({ name, default: initial }) => [name, initial] as const);
	return {
		...Object.fromEntries(defaults),
		...readValues(values, readObject(value, label), (field) => `${label} > ${labelOf(field)}`),
	};
}

/** The values that are set, by their names. */
function readValues(
	fields: readonly INodeProperties[],
	given: Readonly<Record<string, unknown>>,
	label: (field: INodeProperties) => string,
): object {
	const values = fields
		.map((field) => [field.name, readField(field, given[field.name], label(field))] as const)
		.filter(([, value]) => value !== undefined);
	return Object.fromEntries(values);
}

function readObject(value: unknown, label: string): Record<string, unknown> {
	const object = readJson(value, label);
	if (typeof object === 'object' && object !== null && !Array.isArray(object)) {
		return object as Record<string, unknown>;
	}
	throw wrongShape(label);
}

function wrongShape(label: string): InvalidInputError {
	return new InvalidInputError(
		`'${label}' cannot be read`,
		'Fill in its fields one by one, or enter an expression that returns an object with the same structure.',
	);
}

function choicesOf({ options = [] }: INodeProperties): INodePropertyOptions[] {
	return options.filter((option) => 'value' in option);
}

/** The name in the editor, without a unit behind it. */
function labelOf({ displayName }: INodeProperties): string {
	return displayName.replace(/ \(.*/, '');
}
