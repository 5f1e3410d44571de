import { readKey } from '../shared/credentialInput';
import { textOf } from '../shared/input';
import type { CrawlProvider } from '../shared/provider';
import { explainError, statusRequest } from './api';
import { credentialTest } from './credential';
import { jobProperties, listProperties, readReference } from './fields';
import {
	listJobs,
	listPages,
	searchConvocoreCrawls,
	searchConvocorePages,
	searchConvocoreWorkspaces,
} from './lists';
import { push } from './push';
import { baseUrlOf } from './regions';
import { readStatus } from './status';

/** Convocore's API: crawler jobs. */
export const convocore: CrawlProvider = {
	id: 'convocore',
	displayName: 'Convocore',

	credentials: [
		{
			name: 'convocoreCrawlerApi',
			required: true,
			displayOptions: { show: { '/provider': ['convocore'] } },
		},
	],
	credentialType: () => 'convocoreCrawlerApi',
	readCredential: (data) => ({
		baseUrl: baseUrlOf(data),
		secrets: [textOf(data.workspaceSecret), readKey(data.workspaceSecret, 'Workspace Secret')],
		defaults: { workspaceId: textOf(data.workspaceId).trim() },
	}),

	credentialTest,

	jobProperties,
	jobIdKey: 'jobId',
	readReference,

	searches: { searchConvocoreCrawls, searchConvocorePages, searchConvocoreWorkspaces },

	statusRequest,
	readStatus,
	explainError,

	// No cancelRequest: the only way to stop a crawl is to delete it with its pages.
	listJobs,
	earlierCrawls: 'inList',
	listProperties,
	// With a refresh rate, a crawl goes back to running after it has ended.
	runsAgain: true,
	push,
	listPages,
};
