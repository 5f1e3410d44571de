import type { INodeProperties } from 'n8n-workflow';

import { includeRawOption, limitProperties, readLimit, showFor } from '../shared/fields';
import { readListedJob } from '../shared/listedJob';
import type { Operation } from '../shared/operations';
import { statusOperation } from '../shared/statusOperation';
import { fetchJobs, readKnowledgeBase } from './jobs';
import { jobProperties, knowledgeBaseProperty, projectProperty } from './properties';
import { pathors } from './provider';
import { start } from './start';
import { readCrawl } from './status';
import { readStatusWords, statusWordsOption } from './statusWords';

const SHOW_START = { resource: ['crawl'], operation: ['start'] };
const SHOW_GET_STATUS = { resource: ['crawl'], operation: ['getStatus'] };
const SHOW_GET_MANY = { resource: ['crawl'], operation: ['getMany'] };

export const crawlProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['crawl'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many crawls',
				description: 'List the crawls and imports of a knowledge base',
			},
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get the status of a crawl',
				description:
					'Look up how far a crawl is. Pathors may still be embedding the last pages after its end.',
			},
			{
				name: 'Start',
				value: 'start',
				action: 'Start a crawl',
				description: 'Start to crawl a website into a knowledge base',
			},
		],
		default: 'start',
	},
	...showFor([projectProperty, knowledgeBaseProperty], {
		resource: ['crawl'],
		operation: ['start', 'getMany'],
	}),
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'https://example.com',
		description: 'Where the crawl starts',
		displayOptions: { show: SHOW_START },
	},
	{
		displayName:
			'Pathors documents no field of this request but the URL. If your account knows others, send them with the option Additional Fields.',
		name: 'startNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: SHOW_START },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: SHOW_START },
		options: [
			{
				displayName: 'Additional Fields',
				name: 'additionalFields',
				type: 'json',
				default: '{}',
				description: 'Fields to send along with the URL, as a JSON object',
			},
		],
	},
	...showFor(jobProperties, SHOW_GET_STATUS),
	...includeRawOption(SHOW_GET_STATUS, statusWordsOption),
	...limitProperties(SHOW_GET_MANY),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: SHOW_GET_MANY },
		options: [statusWordsOption],
	},
];

const getMany: Operation = async ({ parameter, send }) => {
	const knowledgeBase = readKnowledgeBase(parameter);
	const words = readStatusWords(parameter);
	const jobs = await fetchJobs(send, knowledgeBase);
	return jobs.slice(0, readLimit(parameter)).map((listed) => {
		const { jobId } = listed;
		const known = { provider: 'pathors', jobId, reference: { ...knowledgeBase, jobId } };
		return readListedJob(known, () => readCrawl(listed, knowledgeBase, words).job);
	});
};

export const crawlOperations = { start, getStatus: statusOperation(pathors), getMany };
