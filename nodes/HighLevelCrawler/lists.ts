import type { IDataObject } from 'n8n-workflow';

import { checkStatus } from '../shared/checkStatus';
import type { JobReference } from '../shared/crawlJob';
import { RequestFault } from '../shared/errors';
import { namedChoices } from '../shared/choices';
import { textOf } from '../shared/input';
import { JOB_LIST_RULES } from '../shared/listedJob';
import { take, wholeList, type List, type ListSlice } from '../shared/paginate';
import type { ApiCall, CrawlProvider, JobReading, Search, SendRequest } from '../shared/provider';
import { publicText } from '../shared/sanitize';
import {
	asItIs,
	listOf,
	objectOf,
	toCount,
	toEntries,
	toObject,
	toText,
	withRest,
	type Reading,
} from '../shared/tolerant';
import { CRAWLER_PATH, KNOWLEDGE_BASES_PATH, readHighLevelAnswer, statusRequest } from './api';
import { readKnowledgeBase, readLocationId, readWaitFor } from './fields';
import { readPages, readStatus } from './status';

/** How many entries to ask for at once, of knowledge bases as of trained URLs. */
const PAGE_SIZE = 50;

/** The latest crawl of a knowledge base, if it has one: HighLevel lists no others. */
export function listJobs(call: ApiCall): List<JobReading> {
	const { parameter, defaults } = call;
	const knowledgeBase = readKnowledgeBase(parameter, defaults);
	return wholeList(async () => {
		const body = await fetchLatest(call, knowledgeBase);
		if (body === null) return { entries: [] };
		const reading = readStatus(body, knowledgeBase, readWaitFor(parameter));
		const { isMissing, job, unconfirmed, activity } = reading;
		// An operation without an id is one that nobody could ask for.
		if (isMissing || job.jobId === '') return { entries: [] };
		// What moves tells a standstill, which only an end that is deduced needs.
		return { entries: [unconfirmed === undefined ? { job } : { job, unconfirmed, activity }] };
	}, JOB_LIST_RULES);
}

/** The status of the latest crawl; `null` where the knowledge base never had one. */
async function fetchLatest(call: ApiCall, knowledgeBase: JobReference): Promise<unknown> {
	const { body } = await call.send(statusRequest(knowledgeBase)).catch(async (error: unknown) => {
		const isMissing = error instanceof RequestFault && error.kind === 'missing';
		if (isMissing && (await hasKnowledgeBase(call, knowledgeBase))) return { body: null };
		throw error;
	});
	return body;
}

/** Tells a knowledge base without crawls from one that is not there. */
async function hasKnowledgeBase(
	{ send, reading }: ApiCall,
	{ locationId = '', knowledgeBaseId }: JobReference,
): Promise<boolean> {
	const list = listKnowledgeBases(send, { locationId, name: '' });
	return (await take(list, Infinity, reading)).some(({ id }) => id === knowledgeBaseId);
}

/** An answer of which the list has the given name. `null` in place of all data is an empty one. */
function withList(body: unknown, name: string): unknown {
	return toObject(body)?.data === null ? { ...toObject(body), data: { [name]: null } } : body;
}

/** The pages that a crawl has found, trained or not. */
export function listPages(
	provider: CrawlProvider,
	send: SendRequest,
	reference: JobReference,
): List<IDataObject> {
	return wholeList(
		async () => {
			// They are a part of the answer about the crawl, which can be about another one.
			const { job, raw } = await checkStatus(
				{ provider, reference, readStatus: provider.readStatus },
				send,
			);
			return {
				entries: readPages(raw).map(({ failure, ...page }) => ({
					...page,
					failureMessage: failure && publicText(failure.message),
				})),
				// While a crawl runs, its counters and its pages need not keep step.
				certain: job.isFinal ? job.progress.total : 0,
			};
		},
		{
			keyOf: (page) => textOf(page.id ?? page.url ?? page),
			isBetter: (page, earlier) => page.failureMessage === null && earlier.failureMessage !== null,
		},
	);
}

const toTrainedUrl = withRest(objectOf({ id: toText }, 'id'));

type TrainedUrl = Reading<typeof toTrainedUrl>;

const toTrainedUrls = objectOf({ count: toCount, urls: toEntries }, 'urls');

interface TrainedUrlQuery {
	locationId: string;
	knowledgeBaseId: string;
	/** A part of the address; empty for all. */
	address: string;
}

/** The trained URLs of a knowledge base, each once, as the API lists them. */
export function listTrainedUrls(send: SendRequest, query: TrainedUrlQuery): List<TrainedUrl> {
	return {
		fetchSlice: async (position) => await fetchTrainedUrls(send, query, Number(position || 1)),
		keyOf: ({ id }) => id,
	};
}

async function fetchTrainedUrls(
	send: SendRequest,
	{ address, ...knowledgeBase }: TrainedUrlQuery,
	page: number,
): Promise<ListSlice<TrainedUrl>> {
	const { body } = await send({
		method: 'GET',
		path: CRAWLER_PATH,
		query: {
			...knowledgeBase,
			page,
			pageLength: PAGE_SIZE,
			...(address !== '' && { query: address }),
		},
	});
	const list = readHighLevelAnswer(
		toTrainedUrls,
		withList(body, 'urls'),
		'list of trained HighLevel URLs',
	);
	return {
		entries: listOf(toTrainedUrl)(list.urls),
		length: list.urls.length,
		// The most that a page may hold is not documented, so a short page need not be the last.
		next: list.urls.length === 0 ? null : String(page + 1),
		// That of the knowledge base, whatever part of the addresses was asked for.
		total: address === '' ? list.count : null,
	};
}

const toKnowledgeBase = withRest(objectOf({ id: toText, name: toText }, 'id'));

type KnowledgeBase = Reading<typeof toKnowledgeBase>;

const toKnowledgeBases = objectOf(
	{ knowledgeBases: toEntries, hasMore: asItIs, lastKnowledgeBaseId: toText },
	'knowledgeBases',
);

interface KnowledgeBaseQuery {
	locationId: string;
	/** A part of the name; empty for all. */
	name: string;
}

/** The knowledge bases of a sub-account, each once. */
export function listKnowledgeBases(
	send: SendRequest,
	query: KnowledgeBaseQuery,
): List<KnowledgeBase> {
	return {
		fetchSlice: async (position) => await fetchKnowledgeBases(send, query, position),
		keyOf: ({ id }) => id,
	};
}

/** @param cursor the list goes on behind this knowledge base */
async function fetchKnowledgeBases(
	send: SendRequest,
	{ locationId, name }: KnowledgeBaseQuery,
	cursor: string,
): Promise<ListSlice<KnowledgeBase>> {
	const { body } = await send({
		method: 'GET',
		path: KNOWLEDGE_BASES_PATH,
		query: {
			locationId,
			limit: PAGE_SIZE,
			...(name !== '' && { query: name }),
			...(cursor !== '' && { lastKnowledgeBaseId: cursor }),
		},
	});
	const what = 'list of HighLevel knowledge bases';
	const { knowledgeBases, hasMore, lastKnowledgeBaseId } = readHighLevelAnswer(
		toKnowledgeBases,
		withList(body, 'knowledgeBases'),
		what,
	);
	const entries = listOf(toKnowledgeBase)(knowledgeBases);
	return {
		entries,
		length: knowledgeBases.length,
		next: hasMore === true ? (lastKnowledgeBaseId ?? entries.at(-1)?.id ?? null) : null,
	};
}

/** The knowledge bases to choose from in the editor. */
export const searchHighLevelKnowledgeBases: Search = async (call) => {
	const locationId = readLocationId(call.parameter, call.defaults);
	const list = listKnowledgeBases(call.send, { locationId, name: call.filter });
	// HighLevel has narrowed the list itself.
	return await namedChoices(list, { ...call, filter: '' });
};
