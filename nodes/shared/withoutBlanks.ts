import type { IDataObject } from 'n8n-workflow';

/**
 * The fields that have a value: leaves out undefined ones, empty texts, lists and objects, so that
 * an API's own defaults apply to what the user did not set.
 */
export function withoutBlanks(fields: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isUnset(value)));
}

function isUnset(value: IDataObject[string]): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields that are there. Every field of the type has to be given, if only as `null`. */
export function withoutNulls<Fields extends object>(fields: {
	[Name in keyof Required<Fields>]: Fields[Name] | null | undefined;
}): Fields {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
	) as Fields;
}
