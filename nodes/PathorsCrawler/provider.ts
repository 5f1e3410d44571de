import { readBaseUrl, readKey } from '../shared/credentialInput';
import { textOf } from '../shared/input';
import type { CrawlProvider } from '../shared/provider';
import { explainError, statusRequest } from './api';
import { credentialTest } from './credential';
import {
	jobProperties,
	listProperties,
	readReference,
	readStatusWords,
	statusWordsOption,
} from './fields';
import {
	listJobs,
	searchPathorsCrawls,
	searchPathorsKnowledgeBases,
	searchPathorsProjects,
} from './lists';
import { readStatus } from './status';

/** Pathors' developer API: crawls into the knowledge base of a project. */
export const pathors: CrawlProvider = {
	id: 'pathors',
	displayName: 'Pathors',

	credentials: [
		{
			name: 'pathorsDeveloperApi',
			required: true,
			displayOptions: { show: { '/provider': ['pathors'] } },
		},
	],
	credentialType: () => 'pathorsDeveloperApi',
	readCredential: (data) => ({
		baseUrl: readBaseUrl(data.baseUrl, 'inPaths'),
		secrets: [textOf(data.developerKey), readKey(data.developerKey, 'Developer Key')],
		defaults: {},
	}),

	credentialTest,

	jobProperties,
	jobIdKey: 'jobId',
	readReference,
	searches: { searchPathorsProjects, searchPathorsKnowledgeBases, searchPathorsCrawls },

	statusRequest,
	readStatus: (body, reference) => readStatus(body, reference),
	waitOptions: [statusWordsOption],
	statusReader: (parameter) => {
		const words = readStatusWords(parameter);
		return (body, reference) => readStatus(body, reference, words);
	},
	explainError,

	listJobs,
	earlierCrawls: 'inStatus',
	listProperties,
	// The list can hold one id twice: an old run and a new one.
	runsAgain: true,
};
