import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { apiPath, requireId } from '../shared/identifiers';
import type { ReadParameter } from '../shared/provider';
import { readWorkspaceId, workspaceProperty } from './workspaces';

/** The fields that name a crawl; read them with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	workspaceProperty('={{ $json.reference.workspaceId }}'),
	{
		displayName: 'Crawl',
		name: 'jobId',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.jobId }}' },
		description: 'Left as it is, the crawl is read from the input item',
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string' },
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchConvocoreCrawls', searchable: true },
			},
		],
	},
];

/** @throws {InvalidInputError} for a missing or malformed id */
export function readReference(parameter: ReadParameter, defaults: JobReference): JobReference {
	return {
		workspaceId: readWorkspaceId(parameter, defaults),
		jobId: requireId(parameter('jobId'), 'Crawl'),
	};
}

/** Where a workspace's crawls are. */
export function jobsPath(workspaceId: string): string {
	return apiPath`/workspaces/${workspaceId}/crawler/jobs`;
}

/** Where one crawl is. */
export function jobPath({ workspaceId = '', jobId = '' }: JobReference): string {
	return apiPath`/workspaces/${workspaceId}/crawler/jobs/${jobId}`;
}
