import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { parseBody } from '../shared/http/parseBody';
import { apiPath, requireId } from '../shared/identifiers';
import type { ApiRequest, ReadParameter, SendRequest } from '../shared/provider';
import { listOf, requiredText } from '../shared/values';

const jobSchema = z.object({ jobId: requiredText }).passthrough();

/** A crawl, or an import of many files, as the list has it; of its fields, only the id is read. */
export type ListedJob = z.output<typeof jobSchema>;

const listSchema = z.object({ jobs: z.array(z.unknown()) });

/** The project and the knowledge base that the user chose, as the first part of a reference. */
export function readKnowledgeBase(parameter: ReadParameter): JobReference {
	return {
		projectId: requireId(parameter('projectId'), 'Project'),
		knowledgeBaseId: requireId(parameter('knowledgeBaseId'), 'Knowledge Base'),
	};
}

/** Where the crawls of a knowledge base are started, and listed under `/jobs`. */
export function crawlPath({ projectId = '', knowledgeBaseId = '' }: JobReference): string {
	return apiPath`/v1/projects/${projectId}/knowledgebases/${knowledgeBaseId}/crawl`;
}

/** The list of a knowledge base's crawls: the only look-up there is, without pages or filters. */
export function jobsRequest(reference: JobReference): ApiRequest {
	return { method: 'GET', path: `${crawlPath(reference)}/jobs` };
}

/** The crawls of a knowledge base, in the order of the API. */
export async function fetchJobs(send: SendRequest, reference: JobReference): Promise<ListedJob[]> {
	const { body } = await send(jobsRequest(reference));
	return readJobs(body);
}

/**
 * The crawls in an answer of the list. An entry without an id is left out: nobody can ask for it.
 * @throws {RequestFault} of kind `passing` when the body is no list of crawls
 */
export function readJobs(body: unknown): ListedJob[] {
	const { jobs } = parseBody(listSchema, body, 'list of Pathors crawl jobs');
	return listOf(jobSchema).parse(jobs);
}
