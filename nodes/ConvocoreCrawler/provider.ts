import type { CrawlProvider } from '../shared/provider';
import { explainError, statusRequest } from './api';
import { jobProperties, readReference } from './fields';
import {
	listJobs,
	listPages,
	searchConvocoreCrawls,
	searchConvocorePages,
	searchConvocoreWorkspaces,
} from './lists';
import { baseUrlOf } from './regions';
import { readAnswer } from './status';

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
		secrets: [String(data.workspaceSecret ?? '')],
		defaults: { workspaceId: String(data.workspaceId ?? '').trim() },
	}),

	jobProperties,
	jobIdKey: 'jobId',
	readReference,

	searches: { searchConvocoreCrawls, searchConvocorePages, searchConvocoreWorkspaces },

	statusRequest,
	readStatus: (body, reference) => ({ job: readAnswer(body, reference), isMissing: false }),
	explainError,

	// No cancelRequest: the only way to stop a crawl is to delete it with its pages.
	listJobs,
	listPages,
};
