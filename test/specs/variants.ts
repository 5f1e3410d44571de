interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	allOf?: Schema[];
}

/** An answer without the fields that its schema does not require. */
export function withoutOptional(value: unknown, schema: Schema): unknown {
	const { properties, required, items } = merged(schema);
	if (Array.isArray(value)) {
		return items === undefined ? value : value.map((entry) => withoutOptional(entry, items));
	}
	if (typeof value !== 'object' || value === null || properties === undefined) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => required?.includes(name))
			.map(([name, field]) => [name, withoutOptional(field, properties[name] ?? {})]),
	);
}

function merged(schema: Schema): Schema {
	return Object.assign({}, ...(schema.allOf ?? []).map(merged), schema) as Schema;
}
