import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { readListedJob } from '../shared/listedJob';
import { matchingChoices } from '../shared/node/search';
import { paginate } from '../shared/paginate';
import type { ApiCall, JobReading, Search, SendRequest } from '../shared/provider';
import { count, listOf, requiredText, text, toText } from '../shared/tolerant';
import { jobsPath, pagePath, pagesPath, readData } from './api';
import { readReference, readWorkspaceId } from './fields';
import { readCrawl } from './status';

/** The most that the API gives in one answer. */
const PAGE_SIZE = 100;
const FIRST_POSITION = 'page=1';

const entrySchema = z.object({ id: requiredText }).passthrough();

/** An entry of one of Convocore's lists, as the API gives it. */
type ListEntry = IDataObject & z.output<typeof entrySchema>;

// The documentation counts pages; newer versions of the API give a cursor instead.
const pagingSchema = z.object({ total: count, pageSize: count, nextCursor: text });

/** Which of Convocore's paged lists. */
interface PagedList {
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
async function fetchEntries(
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

/** The crawls of the workspace that the fields or the credential name, each once. */
export async function* listJobs({
	send,
	parameter,
	defaults,
}: ApiCall): AsyncGenerator<JobReading> {
	const workspaceId = readWorkspaceId(parameter, defaults);
	for await (const entry of listEntries(send, jobList(workspaceId))) {
		yield readListed(entry, workspaceId);
	}
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
export const searchConvocoreCrawls: Search = async (call) => {
	const workspaceId = readWorkspaceId(call.parameter, call.defaults);
	const list = jobList(workspaceId);
	const { entries, next } = await fetchEntries(call.send, list, call.paginationToken);
	const choices = entries.map((entry) => {
		const { url, status } = readListed(entry, workspaceId).job;
		return { name: `${url ?? entry.id} (${status})`, value: entry.id };
	});
	return {
		results: matchingChoices(choices, call.filter),
		...(next !== null && { paginationToken: next }),
	};
};

/** The pages of a crawl, each once, as the API lists them: without their content. */
export function listPages(send: SendRequest, reference: JobReference): AsyncGenerator<ListEntry> {
	return listEntries(send, pageList(reference));
}

function pageList(reference: JobReference): PagedList {
	return { path: pagesPath(reference), name: 'pages' };
}

const pageSchema = z.object({ url: z.string() }).passthrough();

/** One page of a crawl, with its content. */
export async function fetchPage(
	send: SendRequest,
	reference: JobReference,
	pageId: string,
): Promise<IDataObject> {
	const { body } = await send({ method: 'GET', path: pagePath(reference, pageId) });
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

const workspaceSchema = z.object({ id: requiredText, name: text });
const workspacesSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ workspaces: z.array(z.unknown()) }).transform(({ workspaces }) => workspaces),
	])
	.pipe(listOf(workspaceSchema));

/** The workspaces that the credential's secret opens. */
export const searchConvocoreWorkspaces: Search = async ({ send, filter }) => {
	const { body } = await send({ method: 'GET', path: '/workspaces' });
	const what = 'list of Convocore workspaces';
	const workspaces = parseBody(workspacesSchema, readData(body, what), what);
	const choices = workspaces.map(({ id, name }) => ({ name: name ?? id, value: id }));
	return { results: matchingChoices(choices, filter) };
};

/** More than most workspaces have; the API gives no agents in parts that could be asked for. */
const AGENT_LIMIT = 500;

const agentSchema = z.object({ ID: text, id: text, title: text });
const agentsSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ agents: z.array(z.unknown()) }).transform(({ agents }) => agents),
	])
	.pipe(listOf(agentSchema));

/** The agents that a crawl can give its pages to. */
export const searchConvocoreAgents: Search = async ({ send }) => {
	const { body } = await send({ method: 'GET', path: '/agents', query: { limit: AGENT_LIMIT } });
	const what = 'list of Convocore agents';
	const agents = parseBody(agentsSchema, readData(body, what), what);
	const results = agents.flatMap(({ ID, id, title }) => {
		const value = ID ?? id;
		return value === null ? [] : [{ name: title ?? value, value }];
	});
	return { results };
};
