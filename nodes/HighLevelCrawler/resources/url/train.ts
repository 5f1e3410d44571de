import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { checkStatus } from '../../../shared/checkStatus';
import type { JobReference } from '../../../shared/crawlJob';
import { AdvisedError, RequestFault } from '../../../shared/errors';
import { sendOnce } from '../../../shared/http/sendOnce';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ReadParameter, SendRequest } from '../../../shared/provider';
import { publicText } from '../../../shared/sanitize';
import { asItIs, objectOf, toText, type Reading } from '../../../shared/tolerant';
import { CRAWLER_PATH, readHighLevelAnswer } from '../../api';
import { readReference, referenceProperties } from '../../fields';
import { highLevel } from '../../provider';
import { readPages, type DiscoveredPage } from '../../status';
import { isExisting, isPending, isSuccessful, isTrainingWord } from '../../words';
import { nameLatest } from './latestCrawl';
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
		description: 'Which of the discovered pages to train',
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
				description: 'Whether to also train pages that were in the knowledge base before the crawl',
			},
		],
	},
];

function toList(value: unknown): unknown[] | null {
	return Array.isArray(value) ? value : null;
}

// Only the newest version says more than that it succeeded.
const toTraining = objectOf({ success: asItIs, message: toText, urlIds: toList });

/** Queues pages of a crawl for training, on the operation that has found them. */
export const train: ResourceOperation = {
	name: 'Train',
	value: 'train',
	action: 'Train discovered pages',
	description: 'Train the knowledge base on the pages that a crawl has found',
	properties,
	async run({ parameter, send, defaults }) {
		const choice = readPageChoice(parameter);
		const reference = await nameLatest(send, readReference(parameter, defaults));
		const { urlIds, warnings } = Array.isArray(choice)
			? { urlIds: choice, warnings: [] }
			: await findTrainablePages(send, reference, choice.includeExisting);
		const answer = await sendOnce(
			send,
			{ method: 'POST', path: `${CRAWLER_PATH}/train`, body: { ...reference, urlIds } },
			"The training may have been started all the same. Look it up with 'Crawl: Get Status' before you start it again.",
			readTraining,
		);
		return [
			{
				provider: highLevel.id,
				jobId: reference.operationId,
				reference,
				queuedPages: answer.urlIds?.length ?? urlIds.length,
				message: answer.message && publicText(answer.message),
				warnings,
			},
		];
	},
};

/** @throws {RequestFault} when the answer does not say that the training was started */
function readTraining(body: unknown): Reading<typeof toTraining> {
	const answer = readHighLevelAnswer(toTraining, body, 'HighLevel training');
	if (answer.success === true || answer.urlIds !== null) return answer;
	throw new RequestFault('passing', 'HighLevel did not say whether it started the training', {
		advice: 'Try again later.',
		isUncertain: true,
	});
}

/** The pages of a crawl that are to be trained. */
interface TrainablePages {
	urlIds: string[];
	warnings: string[];
}

/** The ids of the chosen pages, or which of all pages count. */
function readPageChoice(parameter: ReadParameter): string[] | { includeExisting: boolean } {
	if (parameter('pages') === 'selected') return readUrlIds(parameter('urlIds'));
	const { includeExisting } = parameter('options', {}) as IDataObject;
	return { includeExisting: includeExisting === true };
}

const MAY_GO_ON =
	'HighLevel says "Pending". If the discovery had not ended, pages that it finds later are not trained.';

const DISCOVERY_ADVICE =
	"Wait before this node until the discovery has ended, such as with 'Start and Wait'.";
const TRAINING_ADVICE =
	"Its pages are being trained or have been trained already. To wait for that, use 'Wait Until Crawl Done' with 'Wait For' set to 'Training'.";

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
	const { job, unconfirmed, raw } = await checkStatus(
		{ provider: highLevel, reference, readStatus: highLevel.readStatus },
		send,
	);
	const found = readPages(raw);
	const pages = [
		...untrainedPages(found),
		...(includeExisting ? found.filter(({ status }) => isExisting(status)) : []),
	];
	const urlIds = [...new Set(pages.flatMap(({ id }) => id ?? []))];
	const isInTraining = isTrainingWord(job.rawStatus);
	if (urlIds.length === 0) {
		throw new AdvisedError(
			'The crawl has no pages to train',
			`${isInTraining ? TRAINING_ADVICE : DISCOVERY_ADVICE} To train pages that were in the knowledge base before, turn on 'Train Existing Pages Again'.`,
		);
	}
	const warnings = [
		...(job.isFinal || isInTraining
			? []
			: ['The discovery had not ended yet: pages that it finds later are not trained.']),
		...(unconfirmed === undefined ? [] : [MAY_GO_ON]),
	];
	return { urlIds, warnings };
}

/**
 * The pages that wait to be trained. Where the word for them is "Successful", none is "Pending"; beside
 * pending ones it is the word of pages that have been trained before, and each training is paid for.
 */
function untrainedPages(pages: readonly DiscoveredPage[]): DiscoveredPage[] {
	const pending = pages.filter(({ status }) => isPending(status));
	return pending.length > 0 ? pending : pages.filter(({ status }) => isSuccessful(status));
}
