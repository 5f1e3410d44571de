import type { CrawlProvider } from '../shared/provider';
import { explainError, rateLimitMs, readCredential, REQUEST_BUDGET, statusRequest } from './api';
import { credentialTest } from './credential';
import {
	jobProperties,
	jobSettings,
	listProperties,
	readApiVersion,
	readReference,
	readWaitFor,
} from './fields';
import { listJobs, listPages, searchHighLevelKnowledgeBases } from './lists';
import { push } from './push';
import { readStatus } from './status';

/** HighLevel's knowledge base crawler. */
export const highLevel: CrawlProvider = {
	id: 'highLevel',
	displayName: 'HighLevel',

	credentials: [
		{
			name: 'highLevelPrivateIntegrationApi',
			required: true,
			displayOptions: {
				show: { '/provider': ['highLevel'] },
				hide: { '/authentication': ['oAuth2'] },
			},
		},
		{
			name: 'highLevelCrawlerOAuth2Api',
			required: true,
			displayOptions: {
				show: { '/provider': ['highLevel'] },
				hide: { '/authentication': ['privateIntegration'] },
			},
		},
	],
	credentialType: (parameter) =>
		parameter('authentication') === 'oAuth2'
			? 'highLevelCrawlerOAuth2Api'
			: 'highLevelPrivateIntegrationApi',
	readCredential,

	credentialTest,

	jobProperties,
	jobSettings,
	jobIdKey: 'operationId',
	readReference,
	latestIn: 'knowledge base',

	searches: { searchHighLevelKnowledgeBases },

	requestHeaders: (parameter) => ({ Version: readApiVersion(parameter) }),
	statusRequest,
	readStatus: (body, reference) => readStatus(body, reference),
	statusReader: (parameter) => {
		const waitFor = readWaitFor(parameter);
		return (body, reference) => readStatus(body, reference, waitFor);
	},
	explainError,
	rateLimitMs,
	requestBudget: REQUEST_BUDGET,

	listJobs,
	listProperties,
	push,
	listPages: (send, reference) => listPages(highLevel, send, reference),
};
