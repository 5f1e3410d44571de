import { readBaseUrl, readKey } from '../shared/credentialInput';
import { textOf } from '../shared/input';
import type { CrawlProvider } from '../shared/provider';
import { cancelRequest, explainError, statusRequest } from './api';
import { credentialTest } from './credential';
import { jobProperties, readReference } from './fields';
import { listJobs, listPages, searchGeonodeCrawls } from './lists';
import { push } from './push';
import { readStatus } from './status';

/** Geonode's Scraper API: crawl jobs. */
export const geonode: CrawlProvider = {
	id: 'geonode',
	displayName: 'Geonode',

	credentials: [
		{
			name: 'geonodeScraperApi',
			required: true,
			displayOptions: { show: { '/provider': ['geonode'] } },
		},
	],
	credentialType: () => 'geonodeScraperApi',
	readCredential: (data) => ({
		baseUrl: readBaseUrl(data.baseUrl, 'inPaths'),
		secrets: [textOf(data.apiKey), readKey(data.apiKey, 'API Key')],
		defaults: {},
	}),

	credentialTest,

	jobProperties,
	jobIdKey: 'jobId',
	readReference,
	searches: { searchGeonodeCrawls },

	statusRequest,
	readStatus,
	explainError,

	listJobs: ({ send }) => listJobs(send),
	earlierCrawls: 'inList',
	// The list is that of the account.
	listProperties: [],
	push,
	cancelRequest,
	listPages,
};
