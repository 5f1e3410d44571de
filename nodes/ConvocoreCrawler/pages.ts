import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { matchingChoices } from '../shared/choices';
import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { apiPath } from '../shared/identifiers';
import type { Search, SendRequest } from '../shared/provider';
import { toText } from '../shared/values';
import { readData } from './envelope';
import { fetchEntries, listEntries, type ListEntry, type PagedList } from './lists';
import { jobPath, readReference } from './reference';

function pageList(reference: JobReference): PagedList {
	return { path: `${jobPath(reference)}/pages`, name: 'pages' };
}

/** The pages of a crawl, each once, as the API lists them: without their content. */
export function listPages(send: SendRequest, reference: JobReference): AsyncGenerator<ListEntry> {
	return listEntries(send, pageList(reference));
}

const pageSchema = z.object({ url: z.string() }).passthrough();

/** One page of a crawl, with its content. */
export async function fetchPage(
	send: SendRequest,
	reference: JobReference,
	pageId: string,
): Promise<IDataObject> {
	const path = `${jobPath(reference)}/pages${apiPath`/${pageId}`}`;
	const { body } = await send({ method: 'GET', path });
	const what = 'Convocore page';
	return parseBody(pageSchema, readData(body, what), what) as IDataObject;
}

/** The pages of a crawl to choose from in the editor. */
export const searchConvocorePages: Search = async (call) => {
	const list = pageList(readReference(call.parameter, call.defaults));
	const { entries, next } = await fetchEntries(call.send, list, call.paginationToken);
	const choices = entries.map((page) => ({
		name: [toText(page.title), toText(page.url)].filter((part) => part !== null).join(' – '),
		value: page.id,
	}));
	return {
		results: matchingChoices(choices, call.filter),
		...(next !== null && { paginationToken: next }),
	};
};
