import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import type { ReadParameter } from '../shared/provider';

/** Keeps in `values` what is read, so that {@link replayed} reads the same without the item. */
export function recorded(read: ReadParameter, values: INodeParameters): ReadParameter {
	return (name, fallback) => {
		const value = read(name, fallback);
		values[name] = value as NodeParameterValueType;
		return value;
	};
}

export function replayed(values: INodeParameters): ReadParameter {
	return (name, fallback) => (Object.hasOwn(values, name) ? values[name] : fallback);
}
