import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import type { ApiRequest, CrawlProvider, SendRequest } from '../shared/provider';
import { documentsIn } from './documents';
import { explainError } from './errors';
import { searchMidPilotCrawls } from './jobs';
import { jobProperties, readReference, scrapePath } from './reference';
import { readCrawl } from './status';

/** Without a job id, the server takes the session's latest crawl. */
function statusRequest({ sessionId = '', jobId = '' }: JobReference): ApiRequest {
	return {
		method: 'GET',
		path: scrapePath(sessionId),
		...(jobId !== '' && { query: { jobId } }),
	};
}

/** The saved documents are part of the status answer; there is no other way to them. */
async function* listPages(send: SendRequest, reference: JobReference): AsyncGenerator<IDataObject> {
	const { body } = await send(statusRequest(reference));
	yield* documentsIn(body);
}

/** The scraping of Evolveum's midPilot connector generator. */
export const midPilot: CrawlProvider = {
	id: 'midPilot',
	displayName: 'midPilot',

	credentials: [
		{
			name: 'midPilotApi',
			required: true,
			displayOptions: { show: { '/provider': ['midPilot'] } },
		},
	],
	credentialType: () => 'midPilotApi',
	readCredential: ({ baseUrl, headerValue }) => ({
		baseUrl: String(baseUrl ?? ''),
		secrets: secretsIn(String(headerValue ?? '')),
		defaults: {},
	}),

	jobProperties,
	jobIdKey: 'jobId',
	readReference,

	searches: { searchMidPilotCrawls },

	statusRequest,
	readStatus: readCrawl,
	explainError,

	listPages,
};

/** In "Bearer x", the x alone is as secret as the whole. */
function secretsIn(headerValue: string): string[] {
	const [, ...rest] = headerValue.trim().split(/\s+/);
	return [headerValue, rest.join(' ')];
}
