import { z } from 'zod';

import { paginate } from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import { count, listOf, requiredText } from '../shared/values';
import { readHighLevelAnswer } from './answer';

const PAGE_LENGTH = 50;

const urlSchema = z.object({ id: requiredText }).passthrough();

type TrainedUrl = z.output<typeof urlSchema>;

const listSchema = z.object({ count, urls: z.array(z.unknown()) });

interface ListQuery {
	locationId: string;
	knowledgeBaseId: string;
	/** A part of the address; empty for all. */
	address: string;
}

/** The trained URLs of a knowledge base, each once, as the API lists them. */
export function listTrainedUrls(
	send: SendRequest,
	{ address, ...knowledgeBase }: ListQuery,
): AsyncGenerator<TrainedUrl> {
	let fetched = 0;
	const fetchPage = async (page: number) => {
		const { body } = await send({
			method: 'GET',
			path: '/knowledge-bases/crawler',
			query: {
				...knowledgeBase,
				page,
				pageLength: PAGE_LENGTH,
				...(address !== '' && { query: address }),
			},
		});
		const list = readHighLevelAnswer(listSchema, body, 'list of trained HighLevel URLs');
		// The most that a page may hold is not documented, so a short page need not be the last.
		fetched += list.urls.length;
		return {
			entries: listOf(urlSchema).parse(list.urls),
			isLast: list.count !== null && fetched >= list.count,
		};
	};
	return paginate(fetchPage, ({ id }) => id);
}
