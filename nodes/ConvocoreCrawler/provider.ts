import type { CrawlProvider } from '../shared/provider';
import { readData } from './envelope';
import { explainError } from './errors';
import { searchConvocoreCrawls } from './jobs';
import { listPages, searchConvocorePages } from './pages';
import { jobPath, jobProperties, readReference } from './reference';
import { baseUrlOf } from './regions';
import { JOB, readCrawl } from './status';
import { searchConvocoreWorkspaces } from './workspaces';

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

	statusRequest: (reference) => ({ method: 'GET', path: jobPath(reference) }),
	readStatus: (body, reference) => ({
		job: readCrawl(readData(body, JOB), reference),
		isMissing: false,
	}),
	explainError,

	listPages,
};
