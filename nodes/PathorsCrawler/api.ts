import { z } from 'zod';

import type { JobReference } from '../shared/crawlJob';
import { apiPath } from '../shared/http/apiPath';
import { parseBody } from '../shared/http/parseBody';
import type { ApiRequest, ErrorExplanation } from '../shared/provider';
import { listOf, requiredText, text } from '../shared/tolerant';

/** Where the knowledge bases of a project are listed. */
export function knowledgeBasesPath(projectId: string): string {
	return apiPath`/v1/projects/${projectId}/knowledgebases`;
}

/** Where the crawls of a knowledge base are started, and listed under `/jobs`. */
export function crawlPath({ projectId = '', knowledgeBaseId = '' }: JobReference): string {
	return apiPath`/v1/projects/${projectId}/knowledgebases/${knowledgeBaseId}/crawl`;
}

/** The list of a knowledge base's crawls: the only look-up there is, without pages or filters. */
export function statusRequest(reference: JobReference): ApiRequest {
	return { method: 'GET', path: `${crawlPath(reference)}/jobs` };
}

const jobSchema = z.object({ jobId: requiredText }).passthrough();

/** A crawl, or an import of many files, as the list has it; of its fields, only the id is read. */
export type ListedJob = z.output<typeof jobSchema>;

const jobsSchema = z.object({ jobs: z.array(z.unknown()) });

/**
 * The crawls in an answer of the list. An entry without an id is left out: nobody can ask for it.
 * @throws {RequestFault} of kind `passing` when the body is no list of crawls
 */
export function readJobs(body: unknown): ListedJob[] {
	const { jobs } = parseBody(jobsSchema, body, 'list of Pathors crawl jobs');
	return listOf(jobSchema).parse(jobs);
}

// Both shapes are documented for every error: a text, or an object with a message.
const errorSchema = z.object({
	error: z.union([z.string(), z.object({ message: text, code: text })]),
});

const ADVICE: Readonly<Record<number, string>> = {
	401: 'Create a developer key (it starts with dk_) in Pathors under Settings → Developer Keys, and put it into the credential. Pathors no longer accepts older keys, which start with sk_ or buzz_live_.',
	403: 'The owner of the developer key has to be a member of the project.',
	404: 'Check the ids of the project and of its knowledge base, and that the owner of the developer key is a member of the project.',
};

/** What a refused request means. */
export function explainError(httpStatus: number, body: unknown): ErrorExplanation {
	const error = errorSchema.safeParse(body).data?.error;
	const message = typeof error === 'string' ? error : error?.message;
	const code = typeof error === 'string' ? null : error?.code;
	const advice = ADVICE[httpStatus];
	return {
		...(message && { message: code ? `${message} (${code})` : message }),
		...(advice && { advice }),
	};
}
