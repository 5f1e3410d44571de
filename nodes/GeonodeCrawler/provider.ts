import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { apiPath, requireId } from '../shared/identifiers';
import type { ApiRequest, CrawlProvider } from '../shared/provider';
import { toText } from '../shared/values';
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

// FastAPI's validation errors come as a list of `detail`s, all others as one `message`.
const errorSchema = z.object({
	message: z.unknown(),
	detail: z.array(z.object({ loc: z.array(z.unknown()).optional(), msg: z.string() })).optional(),
});

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
		const error = errorSchema.safeParse(body);
		const details = error.data?.detail?.map(({ loc, msg }) => `${loc?.slice(1).join('.')}: ${msg}`);
		const message = toText(error.data?.message) ?? details?.join('; ');
		return {
			...(message && { message }),
			...(httpStatus === 409 && { advice: 'A finished crawl cannot be cancelled any more.' }),
		};
	},

	cancelRequest,
	listPages: (send, { jobId = '' }) => listPages(send, jobId),
};
