import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { checkStatus } from '../../../shared/checkStatus';
import type { JobReference } from '../../../shared/crawlJob';
import { AdvisedError } from '../../../shared/errors';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ReadParameter, SendRequest } from '../../../shared/provider';
import { listOf, text } from '../../../shared/tolerant';
import { CRAWLER_PATH, readHighLevelAnswer } from '../../api';
import { readReference, referenceProperties } from '../../fields';
import { highLevel } from '../../provider';
import { readPages } from '../../status';
import { isExisting, isUntrainedPage } from '../../words';
import { readUrlIds, urlIdsProperty } from './urlIds';

const properties: INodeProperties[] = [
	...referenceProperties,
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
	{ ...urlIdsProperty, displayOptions: { show: { pages: ['selected'] } } },
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
				description: 'Whether to train also the pages that the knowledge base had before the crawl',
			},
		],
	},
];

// Only the newest version says more than that it succeeded.
const trainedSchema = z.object({ message: text, urlIds: listOf(z.string()) });

/** Queues pages of a crawl for training, on the operation that has found them. */
export const train: ResourceOperation = {
	name: 'Train',
	value: 'train',
	action: 'Train discovered pages',
	description: 'Put the pages that a crawl has found into the knowledge base',
	properties,
	async run({ parameter, send, defaults }) {
		const reference = readReference(parameter, defaults);
		const { urlIds, warnings } = await choosePages(parameter, send, reference);
		const { body } = await send({
			method: 'POST',
			path: `${CRAWLER_PATH}/train`,
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
	},
};

/** The pages of a crawl that are to be trained. */
interface TrainablePages {
	urlIds: string[];
	warnings: string[];
}

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

/**
 * Looks up which pages of a crawl can be trained.
 * @param includeExisting whether pages that the knowledge base had before are read anew
 * @throws {AdvisedError} when there are none
 */
async function findTrainablePages(
	send: SendRequest,
	reference: JobReference,
	includeExisting: boolean,
): Promise<TrainablePages> {
	const { job, raw } = await checkStatus(
		{ provider: highLevel, reference, readStatus: highLevel.readStatus },
		send,
	);
	const pages = readPages(raw).filter(
		({ status }) => isUntrainedPage(status) || (includeExisting && isExisting(status)),
	);
	const urlIds = [...new Set(pages.flatMap(({ id }) => id ?? []))];
	if (urlIds.length === 0) {
		throw new AdvisedError(
			'The crawl has no page to train',
			'Wait until the discovery is done. Pages that the knowledge base had before are trained with the option Train Existing Pages Again.',
		);
	}
	const warnings = job.isFinal
		? []
		: ['The discovery had not ended: pages that it finds later are not trained.'];
	return { urlIds, warnings };
}
