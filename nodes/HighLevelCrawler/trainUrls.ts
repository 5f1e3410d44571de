import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { showFor } from '../shared/fields';
import type { Operation } from '../shared/operations';
import type { ReadParameter, SendRequest } from '../shared/provider';
import { listOf, text } from '../shared/values';
import { readHighLevelAnswer } from './answer';
import { crawlReferenceProperties } from './fields';
import { highLevel } from './provider';
import { readReference } from './reference';
import { findTrainablePages, type TrainablePages } from './training';
import { readUrlIds } from './urlIds';

export const trainProperties: INodeProperties[] = showFor(
	[
		...crawlReferenceProperties,
		{
			displayName: 'Pages',
			name: 'pages',
			type: 'options',
			options: [
				{ name: 'All Discovered Pages', value: 'all' },
				{ name: 'Only These IDs', value: 'selected' },
			],
			default: 'all',
			description: 'Which of the pages that the crawl has found to train',
		},
		{
			displayName: 'URL IDs',
			name: 'urlIds',
			type: 'string',
			required: true,
			default: '={{ $json.id }}',
			description: 'IDs with commas between them, or an expression that gives a list of IDs',
			displayOptions: { show: { pages: ['selected'] } },
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show: { pages: ['all'] } },
			options: [
				{
					displayName: 'Train Existing Pages Again',
					name: 'includeExisting',
					type: 'boolean',
					default: false,
					description:
						'Whether to train also the pages that the knowledge base had before the crawl',
				},
			],
		},
	],
	{ resource: ['url'], operation: ['train'] },
);

// Only the newest version says more than that it succeeded.
const trainedSchema = z.object({ message: text, urlIds: listOf(z.string()) });

/** Queues pages of a crawl for training, on the operation that has found them. */
export const trainUrls: Operation = async ({ parameter, send, defaults }) => {
	const reference = readReference(parameter, defaults);
	const { urlIds, warnings } = await choosePages(parameter, send, reference);
	const { body } = await send({
		method: 'POST',
		path: '/knowledge-bases/crawler/train',
		body: { ...reference, urlIds },
	});
	const answer = readHighLevelAnswer(trainedSchema, body, 'HighLevel training');
	return [
		{
			provider: highLevel.id,
			jobId: reference.operationId,
			reference,
			queuedPages: answer.urlIds.length || urlIds.length,
			message: answer.message,
			warnings,
		},
	];
};

async function choosePages(
	parameter: ReadParameter,
	send: SendRequest,
	reference: JobReference,
): Promise<TrainablePages> {
	if (parameter('pages') === 'selected') {
		return { urlIds: readUrlIds(parameter('urlIds')), warnings: [] };
	}
	const { includeExisting } = parameter('options', {}) as IDataObject;
	return await findTrainablePages(send, reference, includeExisting === true);
}
