import type { INodeProperties } from 'n8n-workflow';

import { includeRawOption, limitProperties, readLimit, showFor } from '../shared/fields';
import type { Operation } from '../shared/operations';
import { take } from '../shared/paginate';
import { statusOperation } from '../shared/statusOperation';
import { readData } from './envelope';
import { jobList, readListed } from './jobs';
import { listEntries } from './lists';
import { convocore } from './provider';
import { jobPath, jobProperties, readReference } from './reference';
import { start, startProperties } from './start';
import { readWorkspaceId, workspaceProperty } from './workspaces';

const SHOW_DELETE = { resource: ['crawl'], operation: ['delete'] };
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
				name: 'Delete',
				value: 'delete',
				action: 'Delete a crawl',
				description: 'Delete a crawl and all of its pages',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many crawls',
				description: 'List the crawls of a workspace',
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
				description: 'Start to crawl one or more websites',
			},
		],
		default: 'start',
	},
	{
		displayName:
			'Deleting a crawl also destroys the pages it has stored. This cannot be undone. It is also the only way to end a crawl that runs or repeats.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: SHOW_DELETE },
	},
	...startProperties,
	...showFor(jobProperties, { resource: ['crawl'], operation: ['getStatus', 'delete'] }),
	...includeRawOption(SHOW_GET_STATUS),
	...showFor([workspaceProperty('')], SHOW_GET_MANY),
	...limitProperties(SHOW_GET_MANY),
];

const getMany: Operation = async ({ parameter, send, defaults }) => {
	const workspaceId = readWorkspaceId(parameter, defaults);
	const jobs = await take(listEntries(send, jobList(workspaceId)), readLimit(parameter));
	return jobs.map((job) => readListed(job, workspaceId));
};

const deleteCrawl: Operation = async ({ parameter, send, defaults }) => {
	const reference = readReference(parameter, defaults);
	const { body } = await send({ method: 'DELETE', path: jobPath(reference) });
	// What else the answer holds is not documented; a refusal has to be noticed all the same.
	if (body !== null) readData(body, 'deletion of a Convocore crawl');
	return [{ deleted: true, jobId: reference.jobId, reference }];
};

/** The operations of the resource *Crawl*. */
export const crawlOperations = {
	start,
	getStatus: statusOperation(convocore),
	getMany,
	delete: deleteCrawl,
};
