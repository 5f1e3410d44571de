import type { INodeProperties } from 'n8n-workflow';

import { InvalidInputError } from '../../../shared/errors';
import { requireId } from '../../../shared/input';

const LABEL = 'URL IDs';

/** Which pages an operation is about; read it with {@link readUrlIds}. */
export const urlIdsProperty: INodeProperties = {
	displayName: LABEL,
	name: 'urlIds',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	description: 'IDs with commas between them, or an expression that gives a list of IDs',
};

/**
 * The ids in a list, or in a text where commas, blanks or line breaks stand between them; each once.
 * @throws {InvalidInputError} when there is none, or one is malformed
 */
export function readUrlIds(value: unknown): string[] {
	const values: unknown[] = Array.isArray(value) ? value : [value];
	const ids = values.flatMap((entry) =>
		typeof entry === 'string' ? entry.split(/[\s,]+/).filter(Boolean) : [entry],
	);
	if (ids.length > 0) return [...new Set(ids.map((id) => requireId(id, LABEL)))];
	throw new InvalidInputError(
		`${LABEL} is missing`,
		'Give the id of at least one URL: Get Many of URLs lists them.',
	);
}
