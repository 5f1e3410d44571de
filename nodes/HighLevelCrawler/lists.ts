import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { paginate } from '../shared/paginate';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import { count, listOf, requiredText, text } from '../shared/tolerant';
import { CRAWLER_PATH, KNOWLEDGE_BASES_PATH, readHighLevelAnswer, statusRequest } from './api';
import { readKnowledgeBase, readLocationId, readWaitFor } from './fields';
import { readPages, readStatus } from './status';

/** How many entries to ask for at once, of knowledge bases as of trained URLs. */
const PAGE_SIZE = 50;

/** The latest crawl of a knowledge base, if it has one: HighLevel lists no others. */
export async function* listJobs({
	send,
	parameter,
	defaults,
}: ApiCall): AsyncGenerator<JobReading> {
	const knowledgeBase = readKnowledgeBase(parameter, defaults);
	const { body } = await send(statusRequest(knowledgeBase));
	const { job, isMissing } = readStatus(body, knowledgeBase, readWaitFor(parameter));
	// An operation without an id is one that nobody could ask for.
	if (!isMissing && job.jobId !== '') yield { job };
}

/** The pages that a crawl has found, trained or not. */
export async function* listPages(
	send: SendRequest,
	reference: JobReference,
): AsyncGenerator<IDataObject> {
	const { body } = await send(statusRequest(reference));
	for (const { failure, ...page } of readPages(body)) {
		yield { ...page, failureMessage: failure?.message ?? null };
	}
}

const urlSchema = z.object({ id: requiredText }).passthrough();

type TrainedUrl = z.output<typeof urlSchema>;

const trainedUrlsSchema = z.object({ count, urls: z.array(z.unknown()) });

interface TrainedUrlQuery {
	locationId: string;
	knowledgeBaseId: string;
	/** A part of the address; empty for all. */
	address: string;
}

/** The trained URLs of a knowledge base, each once, as the API lists them. */
export function listTrainedUrls(
	send: SendRequest,
	{ address, ...knowledgeBase }: TrainedUrlQuery,
): AsyncGenerator<TrainedUrl> {
	let fetched = 0;
	const fetchPage = async (page: number) => {
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
		const list = readHighLevelAnswer(trainedUrlsSchema, body, 'list of trained HighLevel URLs');
		// The most that a page may hold is not documented, so a short page need not be the last.
		fetched += list.urls.length;
		return {
			entries: listOf(urlSchema).parse(list.urls),
			isLast: list.count !== null && fetched >= list.count,
		};
	};
	return paginate(fetchPage, ({ id }) => id);
}

const knowledgeBaseSchema = z.object({ id: requiredText, name: text }).passthrough();

type KnowledgeBase = z.output<typeof knowledgeBaseSchema>;

const knowledgeBasesSchema = z.object({
	knowledgeBases: z.array(z.unknown()).pipe(listOf(knowledgeBaseSchema)),
	hasMore: z.boolean().catch(false),
	lastKnowledgeBaseId: text,
});

interface KnowledgeBasePage {
	entries: KnowledgeBase[];
	isLast: boolean;
	/** Names the next page: the list goes on behind this knowledge base. */
	cursor: string;
}

interface KnowledgeBaseQuery {
	locationId: string;
	/** A part of the name; empty for all. */
	name: string;
}

/** The knowledge bases of a sub-account, each once. */
export function listKnowledgeBases(
	send: SendRequest,
	query: KnowledgeBaseQuery,
): AsyncGenerator<KnowledgeBase> {
	let cursor = '';
	const fetchNext = async () => {
		const page = await fetchKnowledgeBases(send, query, cursor);
		cursor = page.cursor;
		return page;
	};
	return paginate(fetchNext, ({ id }) => id);
}

async function fetchKnowledgeBases(
	send: SendRequest,
	{ locationId, name }: KnowledgeBaseQuery,
	cursor: string,
): Promise<KnowledgeBasePage> {
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
	const list = readHighLevelAnswer(knowledgeBasesSchema, body, 'list of HighLevel knowledge bases');
	const { knowledgeBases: entries, hasMore, lastKnowledgeBaseId } = list;
	return { entries, isLast: !hasMore, cursor: lastKnowledgeBaseId ?? entries.at(-1)?.id ?? '' };
}

/** The knowledge bases to choose from in the editor. */
export const searchHighLevelKnowledgeBases: Search = async ({
	send,
	parameter,
	defaults,
	filter,
	paginationToken,
}) => {
	const locationId = readLocationId(parameter, defaults);
	const page = await fetchKnowledgeBases(send, { locationId, name: filter }, paginationToken);
	return {
		results: page.entries.map(({ id, name }) => ({ name: name ?? id, value: id })),
		...(!page.isLast && { paginationToken: page.cursor }),
	};
};
