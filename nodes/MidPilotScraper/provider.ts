import type { CrawlProvider } from '../shared/provider';
import { explainError, statusRequest } from './api';
import { jobProperties, readReference } from './fields';
import { listJobs, listPages, searchMidPilotCrawls } from './lists';
import { readStatus } from './status';

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
	readStatus,
	explainError,

	listJobs,
	listPages,
};

/** In "Bearer x", the x alone is as secret as the whole. */
function secretsIn(headerValue: string): string[] {
	const [, ...rest] = headerValue.trim().split(/\s+/);
	return [headerValue, rest.join(' ')];
}
