import type { INodeProperties } from 'n8n-workflow';

import { InvalidInputError } from '../../../shared/errors';
import { readIds } from '../../../shared/input';

const LABEL = 'Page IDs';

/** Which pages an operation is about; read it with {@link readUrlIds}. */
export const urlIdsProperty: INodeProperties = {
	displayName: LABEL,
	name: 'urlIds',
	type: 'string',
	// Of several rows, so that it is read as a list.
	typeOptions: { rows: 2 },
	required: true,
	default: '={{ $json.id }}',
	description: 'IDs of pages with commas between them, or an expression that returns a list of IDs',
};

/**
 * The ids in a list, or in a text where commas, blanks or line breaks stand between them; each once.
 * @throws {InvalidInputError} when there is none, or one is malformed
 */
export function readUrlIds(value: unknown): string[] {
	const ids = readIds(value, LABEL);
	if (ids.length > 0) return ids;
	throw new InvalidInputError(
		`'${LABEL}' is missing`,
		"Enter at least one ID. 'Page: Get Many' lists them.",
	);
}
