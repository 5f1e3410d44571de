import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { CONTENT_MAX_BYTES } from '../shared/http/limits';
import { parseBody } from '../shared/http/parseBody';
import { JOB_LIST_RULES, readListedJob } from '../shared/listedJob';
import { byName, crawlChoice, listChoices, matchingChoices } from '../shared/choices';
import { withRetries, type List, type ListSlice } from '../shared/paginate';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import {
	fieldOf,
	listOf,
	objectOf,
	toCount,
	toEntries,
	toExactText,
	toText,
	withRest,
	type Reading,
} from '../shared/tolerant';
import { jobsPath, pagePath, pagesPath, readData } from './api';
import { readReference, readWorkspaceId } from './fields';
import { readCrawl } from './status';

/** The most that the API gives in one answer. */
const PAGE_SIZE = 100;
const FIRST_POSITION = 'page=1';

const toEntry = withRest(objectOf({ id: toText }, 'id'));

/** An entry of one of Convocore's lists, as the API gives it. */
type ListEntry = IDataObject & Reading<typeof toEntry>;

// The documentation counts pages; newer versions of the API give a cursor instead.
const toPaging = objectOf({ total: toCount, pageSize: toCount, nextCursor: toText });

/** Which of Convocore's paged lists. */
interface PagedList {
	path: string;
	/** The field of the answer that holds the entries. */
	name: 'jobs' | 'pages';
}

/** The entries of a paged list, each once. */
export function listEntries(send: SendRequest, list: PagedList): List<ListEntry> {
	return {
		fetchSlice: async (position) => await fetchEntries(send, list, position),
		keyOf: ({ id }) => id,
		isBetter: (entry, earlier) => earlier.failed === true && entry.failed !== true,
	};
}

async function fetchEntries(
	send: SendRequest,
	{ path, name }: PagedList,
	position: string,
): Promise<ListSlice<ListEntry>> {
	const query = new URLSearchParams(position || FIRST_POSITION);
	const limit = Number(query.get('limit') ?? PAGE_SIZE);
	const { body } = await send({
		method: 'GET',
		path,
		query: { ...Object.fromEntries(query), limit },
	});
	const what = `list of Convocore crawl ${name}`;
	const given = readData(body, what);
	// Null, but nothing else, stands for an empty list.
	const data = given === null ? { [name]: null } : given;
	const list = parseBody((value) => toEntries(fieldOf(value, name)), data, what);
	const { total, pageSize, nextCursor } = parseBody(toPaging, data, what);
	// A server that gives less at once than it was asked for need not count its pages by that.
	const size = pageSize === list.length ? Math.min(limit, pageSize) : limit;
	return {
		entries: listOf(toEntry)(list) as ListEntry[],
		length: list.length,
		next: nextPosition(query, size, { nextCursor, isEmpty: list.length === 0 }),
		total,
	};
}

function nextPosition(
	query: URLSearchParams,
	limit: number,
	{ nextCursor, isEmpty }: { nextCursor: string | null; isEmpty: boolean },
): string | null {
	if (nextCursor !== null) return new URLSearchParams({ cursor: nextCursor }).toString();
	if (isEmpty || query.has('cursor')) return null;
	const page = Number(query.get('page') ?? 1) + 1;
	return new URLSearchParams({ page: String(page), limit: String(limit) }).toString();
}

/** The crawls of the workspace that the fields or the credential name, each once. */
export function listJobs({ send, parameter, defaults }: ApiCall): List<JobReading> {
	const workspaceId = readWorkspaceId(parameter, defaults);
	return {
		...JOB_LIST_RULES,
		fetchSlice: async (position) => {
			const slice = await fetchEntries(send, jobList(workspaceId), position);
			return { ...slice, entries: slice.entries.map((entry) => readListed(entry, workspaceId)) };
		},
	};
}

function jobList(workspaceId: string): PagedList {
	return { path: jobsPath(workspaceId), name: 'jobs' };
}

function readListed(entry: ListEntry, workspaceId: string): JobReading {
	const jobId = entry.id;
	const known = { provider: 'convocore', jobId, reference: { workspaceId, jobId } };
	return readListedJob(known, () => ({ job: readCrawl(entry, { workspaceId }) }));
}

/** The crawls to choose from in the editor. */
export const searchConvocoreCrawls: Search = async (call) =>
	await listChoices(listJobs(call), call, ({ job }) => crawlChoice(job));

/** The pages of a crawl, each once, as the API lists them: without their content. */
export function listPages(send: SendRequest, reference: JobReference): List<ListEntry> {
	return listEntries(send, pageList(reference));
}

function pageList(reference: JobReference): PagedList {
	return { path: pagesPath(reference), name: 'pages' };
}

const toPage = withRest(objectOf({ url: toExactText }, 'url'));

/** One page of a crawl, with its content. */
export async function fetchPage(
	send: SendRequest,
	reference: JobReference,
	pageId: string,
): Promise<IDataObject> {
	const { body } = await send({
		method: 'GET',
		path: pagePath(reference, pageId),
		maxBytes: CONTENT_MAX_BYTES,
	});
	const what = 'Convocore page';
	return parseBody(toPage, readData(body, what), what) as IDataObject;
}

/**
 * The content of a page, in the form that reads best. The documentation leaves its field open: these
 * are the ones that Convocore's documentation and its official client name.
 */
export function contentOf(page: Readonly<Record<string, unknown>>): string | null {
	const forms = [page.markdown, page.md, page.content, page.text, page.html];
	return forms.map(toText).find((form) => form !== null) ?? null;
}

/** The pages of a crawl to choose from in the editor. */
export const searchConvocorePages: Search = async (call) => {
	const list = listPages(call.send, readReference(call.parameter, call.defaults));
	return await listChoices(list, call, (page) => ({
		name: [toText(page.title), toText(page.url)].filter((part) => part !== null).join(' – '),
		value: page.id,
	}));
};

/** More than most workspaces have; the API gives no agents in parts that could be asked for. */
const AGENT_LIMIT = 500;

const toAgent = objectOf({ ID: toText, id: toText, title: toText, ownerID: toText });

type Agent = Reading<typeof toAgent>;

function toAgents(value: unknown): Agent[] | null {
	const entries = toEntries(value) ?? toEntries(fieldOf(value, 'agents'));
	return entries && listOf(toAgent)(entries);
}

/** Agents of the secret's workspace: the list itself, under `agents`, or either of them in `data`. */
export async function fetchAgents(send: SendRequest, limit: number): Promise<Agent[]> {
	const { body } = await send({ method: 'GET', path: '/agents', query: { limit } });
	const what = 'list of Convocore agents';
	return toAgents(body) ?? parseBody(toAgents, readData(body, what), what);
}

/**
 * The workspace that the credential's secret opens, as Convocore's official client finds it: a secret
 * has one, and every agent names it as its owner.
 */
export const searchConvocoreWorkspaces: Search = async ({ send, filter, reading }) => {
	const agents = await withRetries(async () => await fetchAgents(send, 1), reading);
	const workspaces = new Set(agents.flatMap(({ ownerID }) => ownerID ?? []));
	const choices = [...workspaces].map((id) => ({ name: id, value: id }));
	return { results: matchingChoices(choices, filter) };
};

/** The agents that a crawl can give its pages to. */
export const searchConvocoreAgents: Search = async ({ send, reading }) => {
	const agents = await withRetries(async () => await fetchAgents(send, AGENT_LIMIT), reading);
	const results = agents.flatMap(({ ID, id, title }) => {
		const value = ID ?? id;
		return value === null ? [] : [{ name: title ?? value, value }];
	});
	return { results: byName(results) };
};
