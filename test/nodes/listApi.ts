import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { CredentialValues } from '../support/engine/credentialsHelper';
import { runNode, type NodeRun } from '../support/engine/runNode';
import {
	startApi,
	type ApiQuestion,
	type ScriptedAnswer,
	type ScriptedApi,
} from '../support/listServer';

/** An operation that gives a list, and how its API writes one. */
export interface ListOperation {
	type: string;
	parameters: INodeParameters;
	/** An answer that holds entries with these ids, in the place of one that has just these. */
	wrap: (entries: IDataObject[] | null) => unknown;
	entry: (id: string) => IDataObject;
	/** The field of the node's items that holds the id. */
	idField: string;
}

export const pathorsIds = { projectId: 'p', knowledgeBaseId: 'k' };
const highLevelIds = { locationId: 'l', knowledgeBaseId: 'k' };
export const highLevelOperation = {
	_id: 'op',
	status: 'Successful',
	discoveredUrlsCount: 0,
	trainedUrlsCount: 0,
	...highLevelIds,
};

export const LISTS: Record<string, ListOperation> = {
	'Convocore crawls': {
		type: 'convocoreCrawler',
		parameters: { resource: 'crawl', workspaceId: 'w' },
		wrap: (jobs) => ({ success: true, message: '', data: { jobs } }),
		entry: (id) => ({ id, status: 'completed' }),
		idField: 'jobId',
	},
	'Convocore pages': {
		type: 'convocoreCrawler',
		parameters: { resource: 'page', workspaceId: 'w', jobId: 'j', simplify: false },
		wrap: (pages) => ({ success: true, message: '', data: { pages } }),
		entry: (id) => ({ id, url: `https://a.test/${id}` }),
		idField: 'id',
	},
	'Geonode crawls': {
		type: 'geonodeCrawler',
		parameters: { resource: 'crawl' },
		wrap: (jobs) => ({ jobs }),
		entry: (id) => ({ job_id: id, status: 'completed' }),
		idField: 'jobId',
	},
	'Geonode pages': {
		type: 'geonodeCrawler',
		parameters: { resource: 'page', jobId: 'j' },
		wrap: (results) => ({ job_id: 'j', status: 'completed', results }),
		entry: (id) => ({ url: id, status: 'completed' }),
		idField: 'url',
	},
	'HighLevel knowledge bases': {
		type: 'highLevelCrawler',
		parameters: { resource: 'knowledgeBase', locationId: 'l' },
		wrap: (knowledgeBases) => ({ success: true, data: { knowledgeBases } }),
		entry: (id) => ({ id, name: id }),
		idField: 'id',
	},
	'HighLevel trained URLs': {
		type: 'highLevelCrawler',
		parameters: { resource: 'url', source: 'knowledgeBase', ...highLevelIds },
		wrap: (urls) => ({ urls }),
		entry: (id) => ({ id }),
		idField: 'id',
	},
	'HighLevel pages': {
		type: 'highLevelCrawler',
		parameters: { resource: 'url', source: 'crawl', operationId: 'op', ...highLevelIds },
		wrap: (records) => ({
			success: true,
			data: {
				aggregate: records && [{ _id: 'Successful', records }],
				operationDetails: highLevelOperation,
			},
		}),
		entry: (id) => ({ id, url: `https://a.test/${id}` }),
		idField: 'id',
	},
	'midPilot crawls': {
		type: 'midPilotScraper',
		parameters: { resource: 'crawl', sessionId: 's' },
		wrap: (jobs) => ({ sessionId: 's', jobs }),
		entry: (id) => ({ jobId: id, status: 'finished' }),
		idField: 'jobId',
	},
	'Pathors crawls': {
		type: 'pathorsCrawler',
		parameters: { resource: 'crawl', ...pathorsIds },
		wrap: (jobs) => ({ jobs }),
		entry: (id) => ({ jobId: id, status: 'completed' }),
		idField: 'jobId',
	},
	'Pathors knowledge bases': {
		type: 'pathorsCrawler',
		parameters: { resource: 'knowledgeBase', projectId: 'p' },
		wrap: (knowledgeBases) => knowledgeBases,
		entry: (id) => ({ id, name: id }),
		idField: 'id',
	},
};

/** An API of all providers, whose every answer a test decides. */
export interface ListApi {
	/** Set by each test. */
	answer: (question: ApiQuestion) => ScriptedAnswer | null;
	/** What the test has asked for, in order. */
	readonly questions: string[];
	credentials(): CredentialValues;
	getMany(list: ListOperation, change?: INodeParameters): Promise<NodeRun>;
}

/** Such an API for all tests of a file. No test sees the questions of those before it. */
export function useListApi(): ListApi {
	let server: ScriptedApi;
	const api: ListApi = {
		answer: () => null,
		get questions() {
			return server.questions;
		},
		credentials: () => credentialsFor(server.url),
		getMany: async ({ type, parameters }, change = {}) =>
			await runNode({
				type,
				parameters: { operation: 'getMany', returnAll: true, ...parameters, ...change },
				credentials: api.credentials(),
			}),
	};
	beforeAll(async () => {
		server = await startApi((question) => api.answer(question));
	});
	beforeEach(() => {
		server.questions.length = 0;
	});
	afterAll(async () => server.close());
	return api;
}

const credentialsFor = (baseUrl: string): CredentialValues => ({
	highLevelPrivateIntegrationApi: { token: 'pit-token-1234', locationId: 'l', baseUrl },
	convocoreCrawlerApi: {
		workspaceSecret: 'secret-1234',
		workspaceId: 'w',
		region: 'custom',
		baseUrl,
	},
	geonodeScraperApi: { apiKey: 'key-1234', baseUrl },
	midPilotApi: { baseUrl, headerName: '', headerValue: '' },
	pathorsDeveloperApi: { developerKey: 'dk_1234', baseUrl },
});
