import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { optionalId, requireId } from '../shared/identifiers';
import type { ReadParameter, Search } from '../shared/provider';
import { listOf, requiredText, text } from '../shared/values';
import { readData } from './envelope';

const LABEL = 'Workspace';

/** The field for a workspace; empty means the credential's. Read it with {@link readWorkspaceId}. */
export function workspaceProperty(defaultValue: string): INodeProperties {
	return {
		displayName: LABEL,
		name: 'workspaceId',
		type: 'resourceLocator',
		default: { mode: 'id', value: defaultValue },
		description: 'Left empty, it is the workspace in the credential',
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string' },
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchConvocoreWorkspaces', searchable: true },
			},
		],
	};
}

/** @throws {InvalidInputError} when neither the node nor the credential names a workspace */
export function readWorkspaceId(parameter: ReadParameter, defaults: JobReference): string {
	const own = optionalId(parameter('workspaceId'), LABEL);
	return requireId(own === '' ? defaults.workspaceId : own, LABEL);
}

const workspaceSchema = z.object({ id: requiredText, name: text });
const listSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ workspaces: z.array(z.unknown()) }).transform(({ workspaces }) => workspaces),
	])
	.pipe(listOf(workspaceSchema));

/** The workspaces that the credential's secret opens. */
export const searchConvocoreWorkspaces: Search = async ({ send, filter }) => {
	const { body } = await send({ method: 'GET', path: '/workspaces' });
	const what = 'list of Convocore workspaces';
	const workspaces = parseBody(listSchema, readData(body, what), what);
	const choices = workspaces.map(({ id, name }) => ({ name: name ?? id, value: id }));
	return { results: matchingChoices(choices, filter) };
};
