import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { optionalId, requireId } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';

const WORKSPACE_LABEL = 'Workspace';

/** The field for a workspace; empty means the credential's. Read it with {@link readWorkspaceId}. */
export function workspaceProperty(initial: string): INodeProperties {
	return {
		displayName: WORKSPACE_LABEL,
		name: 'workspaceId',
		description: 'Leave empty to use the one in the credential',
		...idOrList('searchConvocoreWorkspaces', initial),
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
		description: 'By default, the crawl from the input item',
		...idOrList('searchConvocoreCrawls', '={{ $json.jobId }}'),
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
