import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { parseBody } from '../shared/http/parseBody';
import { paginate } from '../shared/paginate';
import type { SendRequest } from '../shared/provider';
import { count, listOf, requiredText, text } from '../shared/values';
import { readData } from './envelope';

/** The most that the API gives in one answer. */
const PAGE_SIZE = 100;
const FIRST_POSITION = 'page=1';

const entrySchema = z.object({ id: requiredText }).passthrough();

/** An entry of one of Convocore's lists, as the API gives it. */
export type ListEntry = IDataObject & z.output<typeof entrySchema>;

// The documentation counts pages; newer versions of the API give a cursor instead.
const pagingSchema = z.object({ total: count, pageSize: count, nextCursor: text });

/** Which of Convocore's paged lists. */
export interface PagedList {
	path: string;
	/** The field of the answer that holds the entries. */
	name: 'jobs' | 'pages';
}

/** All entries of a paged list, each once. */
export function listEntries(send: SendRequest, list: PagedList): AsyncGenerator<ListEntry> {
	let position: string | null = null;
	return paginate(
		async () => {
			const { entries, next } = await fetchEntries(send, list, position ?? '');
			position = next;
			return { entries, isLast: next === null };
		},
		(entry) => entry.id,
	);
}

/**
 * One answer's worth of a list.
 * @param position the `next` of the answer before; empty for the first
 */
export async function fetchEntries(
	send: SendRequest,
	{ path, name }: PagedList,
	position: string,
): Promise<{ entries: ListEntry[]; next: string | null }> {
	const query = new URLSearchParams(position || FIRST_POSITION);
	const { body } = await send({
		method: 'GET',
		path,
		query: { ...Object.fromEntries(query), limit: PAGE_SIZE },
	});
	const what = `list of Convocore crawl ${name}`;
	const data = readData(body, what);
	const list = parseBody(z.object({ [name]: z.array(z.unknown()) }), data, what)[name] ?? [];
	const entries = listOf(entrySchema).parse(list) as ListEntry[];
	const { total, pageSize, nextCursor } = parseBody(pagingSchema, data, what);
	if (nextCursor !== null) {
		return { entries, next: new URLSearchParams({ cursor: nextCursor }).toString() };
	}
	const page = Number(query.get('page') ?? 1);
	const size = pageSize ?? PAGE_SIZE;
	const isLast = total === null ? list.length < size : page * size >= total;
	return { entries, next: isLast || query.has('cursor') ? null : `page=${page + 1}` };
}
