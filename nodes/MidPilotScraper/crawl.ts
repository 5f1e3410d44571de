import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { includeRawOption, limitProperties, readLimit, showFor } from '../shared/fields';
import type { Operation } from '../shared/operations';
import { statusOperation } from '../shared/statusOperation';
import { documentsIn } from './documents';
import { fetchJobs, isCrawl, readListed } from './jobs';
import { midPilot } from './provider';
import { jobProperties, readSessionId, sessionProperty } from './reference';
import { start, startProperties } from './start';

const SHOW_GET_MANY = { resource: ['crawl'], operation: ['getMany'] };
const SHOW_GET_STATUS = { resource: ['crawl'], operation: ['getStatus'] };

/** The fields of the resource *Crawl*. */
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
				description: 'List the crawls of a session',
			},
			{
				name: 'Get Status',
				value: 'getStatus',
				action: 'Get the status of a crawl',
				description: 'Look up how far a crawl is',
			},
			{
				name: 'Start',
				value: 'start',
				action: 'Start a crawl',
				description: 'Start to scrape the documentation of an application',
			},
		],
		default: 'start',
	},
	...startProperties,
	...showFor(jobProperties, SHOW_GET_STATUS),
	...includeRawOption(SHOW_GET_STATUS, {
		displayName: 'Include Saved Documents',
		name: 'includeContent',
		type: 'boolean',
		default: false,
		description:
			'Whether to add what the crawl has saved as the field documents. It can be many megabytes.',
	}),
	...showFor([sessionProperty], SHOW_GET_MANY),
	...limitProperties(SHOW_GET_MANY),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: SHOW_GET_MANY },
		options: [
			{
				displayName: 'Include Other Jobs',
				name: 'includeOtherJobs',
				type: 'boolean',
				default: false,
				description:
					"Whether to list the session's other work as well, such as discovery and code generation",
			},
		],
	},
];

const getStatus = statusOperation(midPilot, (raw, { includeContent }) =>
	includeContent === true ? { documents: documentsIn(raw) } : {},
);

const getMany: Operation = async ({ parameter, send }) => {
	const sessionId = readSessionId(parameter);
	const { includeOtherJobs } = parameter('options', {}) as IDataObject;
	const jobs = await fetchJobs(send, sessionId);
	return jobs
		.filter((job) => includeOtherJobs === true || isCrawl(job))
		.slice(0, readLimit(parameter))
		.map((job) => readListed(job, sessionId));
};

/** The operations of the resource *Crawl*. */
export const crawlOperations = { start, getStatus, getMany };
