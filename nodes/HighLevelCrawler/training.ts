import { AdvisedError } from '../shared/advisedError';
import { checkStatus } from '../shared/checkStatus';
import type { JobReference } from '../shared/crawlJob';
import type { SendRequest } from '../shared/provider';
import { highLevel } from './provider';
import { readPages } from './status';
import { normalizeWord } from './statusWords';

/** The pages of a crawl that are to be trained. */
export interface TrainablePages {
	urlIds: string[];
	warnings: string[];
}

const UNTRAINED_WORDS = ['pending', 'successful'];

/**
 * Looks up which pages of a crawl can be trained.
 * @param includeExisting whether pages that the knowledge base had before are read anew
 * @throws {AdvisedError} when there are none
 */
export async function findTrainablePages(
	send: SendRequest,
	reference: JobReference,
	includeExisting: boolean,
): Promise<TrainablePages> {
	const { job, raw } = await checkStatus(
		{ provider: highLevel, reference, readStatus: highLevel.readStatus },
		send,
	);
	const words = includeExisting ? [...UNTRAINED_WORDS, 'existing'] : UNTRAINED_WORDS;
	const pages = readPages(raw).filter(({ status }) => words.includes(normalizeWord(status)));
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
