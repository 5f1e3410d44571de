import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { fastApiDetail } from '../shared/http/fastApiDetail';
import { apiPath, requireId } from '../shared/identifiers';
import type { ApiRequest, CrawlProvider } from '../shared/provider';
import { text } from '../shared/values';
import { searchGeonodeCrawls } from './jobs';
import { listPages } from './pages';
import { readCrawl } from './status';

const jobProperties: INodeProperties[] = [
	{
		displayName: 'Crawl',
		name: 'jobId',
		type: 'resourceLocator',
		default: { mode: 'id', value: '={{ $json.jobId }}' },
		description: 'Left as it is, the crawl is read from the input item',
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019',
			},
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchGeonodeCrawls', searchable: true },
			},
		],
	},
];

const errorSchema = z.object({ message: text });

// Geonode's older documentation says that crawls are not open to every account yet.
const NOT_AVAILABLE =
	'Check the id, and that it is a crawl of this account. If it is right, ask Geonode whether the account can use crawls.';

const ADVICE: Readonly<Record<number, string>> = {
	404: NOT_AVAILABLE,
	409: 'A finished crawl cannot be cancelled any more.',
	501: NOT_AVAILABLE,
};

/** Stops a crawl; refused with 409 once it has ended. Pages in flight are still finished. */
export function cancelRequest({ jobId = '' }: JobReference): ApiRequest {
	return { method: 'DELETE', path: apiPath`/v1/crawl/${jobId}` };
}

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
	readReference: (parameter) => ({ jobId: requireId(parameter('jobId'), 'Crawl') }),

	searches: { searchGeonodeCrawls },

	// One result is the fewest that can be asked for; the answer holds the counters all the same.
	statusRequest: ({ jobId = '' }) => ({
		method: 'GET',
		path: apiPath`/v1/crawl/${jobId}`,
		query: { page: 1, page_size: 1 },
	}),
	readStatus: (body, reference) => ({ job: readCrawl(body, reference), isMissing: false }),

	explainError(httpStatus, body) {
		const message = errorSchema.safeParse(body).data?.message ?? fastApiDetail(body);
		const advice = ADVICE[httpStatus];
		return {
			...(message && { message }),
			...(advice && { advice }),
		};
	},

	cancelRequest,
	listPages: (send, { jobId = '' }) => listPages(send, jobId),
};
