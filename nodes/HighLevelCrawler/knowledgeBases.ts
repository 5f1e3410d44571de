import { z } from 'zod';

import { paginate } from '../shared/paginate';
import type { Search, SendRequest } from '../shared/provider';
import { listOf, requiredText, text } from '../shared/values';
import { readHighLevelAnswer } from './answer';
import { readLocationId } from './reference';

const PAGE_SIZE = 50;

const knowledgeBaseSchema = z.object({ id: requiredText, name: text }).passthrough();

type KnowledgeBase = z.output<typeof knowledgeBaseSchema>;

const listSchema = z.object({
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

interface ListQuery {
	locationId: string;
	/** A part of the name; empty for all. */
	name: string;
}

/** The knowledge bases of a sub-account, each once. */
export function listKnowledgeBases(
	send: SendRequest,
	query: ListQuery,
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
	{ locationId, name }: ListQuery,
	cursor: string,
): Promise<KnowledgeBasePage> {
	const { body } = await send({
		method: 'GET',
		path: '/knowledge-bases/',
		query: {
			locationId,
			limit: PAGE_SIZE,
			...(name !== '' && { query: name }),
			...(cursor !== '' && { lastKnowledgeBaseId: cursor }),
		},
	});
	const list = readHighLevelAnswer(listSchema, body, 'list of HighLevel knowledge bases');
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
