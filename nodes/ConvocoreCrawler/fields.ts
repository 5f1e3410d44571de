import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { optionalId, requireId } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';

const WORKSPACE_LABEL = 'Workspace';

/** The field for a workspace; empty means the credential's. Read it with {@link readWorkspaceId}. */
export function workspaceProperty(defaultValue: string): INodeProperties {
	return {
		displayName: WORKSPACE_LABEL,
		name: 'workspaceId',
		default: { mode: 'id', value: defaultValue },
		description: 'Leave empty to use the one in the credential',
		...idOrList('searchConvocoreWorkspaces'),
	};
}

/** @throws {InvalidInputError} when neither the node nor the credential names a workspace */
export function readWorkspaceId(parameter: ReadParameter, defaults: JobReference): string {
	const own = optionalId(parameter('workspaceId'), WORKSPACE_LABEL);
	return requireId(own === '' ? defaults.workspaceId : own, WORKSPACE_LABEL);
}

/** The fields that name a crawl; read them with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	workspaceProperty('={{ $json.reference.workspaceId }}'),
	{
		displayName: 'Crawl',
		name: 'jobId',
		default: { mode: 'id', value: '={{ $json.jobId }}' },
		description: 'By default, the crawl from the input item',
		...idOrList('searchConvocoreCrawls'),
	},
];

/** The field that says whose crawls to list. */
export const listProperties: INodeProperties[] = [workspaceProperty('')];

/** @throws {InvalidInputError} for a missing or malformed id */
export function readReference(parameter: ReadParameter, defaults: JobReference): JobReference {
	return {
		workspaceId: readWorkspaceId(parameter, defaults),
		jobId: requireId(parameter('jobId'), 'Crawl'),
	};
}
