import type { CrawlProvider } from '../shared/provider';
import { cancelRequest, explainError, statusRequest } from './api';
import { jobProperties, readReference } from './fields';
import { listJobs, listPages, searchGeonodeCrawls } from './lists';
import { readCrawl } from './status';

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
		baseUrl: String(data.baseUrl ?? ''),
		secrets: [String(data.apiKey ?? '')],
		defaults: {},
	}),

	jobProperties,
	jobIdKey: 'jobId',
	readReference,
	searches: { searchGeonodeCrawls },

	statusRequest,
	readStatus: (body, reference) => ({ job: readCrawl(body, reference), isMissing: false }),
	explainError,

	listJobs: ({ send }) => listJobs(send),
	cancelRequest,
	listPages,
};
