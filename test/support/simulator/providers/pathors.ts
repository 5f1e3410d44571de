import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v3';
import { ApiError } from '../apiError';
import { Crawl } from '../crawler';
import { statusWordOf } from '../job';
import type { ScriptFor } from '../jobScript';
import { JobTable, type JobEntry } from '../jobTable';
import { parseLoopbackUrl, refusal } from '../loopback';
import type { ProviderApi } from '../providerApi';
import type { ScriptedJob } from '../scriptedJob';
import { credentials, defaultIds } from '../settings';
import { createStatusCheck } from '../statusCheck';

// Not documented: what a Firecrawl crawl is limited to when nothing is asked for.
const MAX_DEPTH = 10;
const MAX_PAGES = 100;

const crawlBodySchema = z.object({
	url: z.string(),
	/** The simulator's own switch: the documentation leaves open whether a job id is answered. */
	returnJobId: z.boolean().default(false),
});

interface KnowledgeBaseParams {
	projectId: string;
	knowledgeBaseId: string;
}

interface Entry extends JobEntry, KnowledgeBaseParams {}

/** Not documented; these are the words of the crawler the provider is built on. */
const STATUS_WORDS = {
	queued: 'scraping',
	running: 'scraping',
	succeeded: 'completed',
	failed: 'failed',
	cancelled: 'cancelled',
} as const;

const ERROR_CODES: Record<number, string> = { 400: 'bad_request', 404: 'not_found' };
/** Statuses whose error is a plain string; with the others it is an object. */
const PLAIN_ERRORS = [401, 500];

/** Pathors API, knowledge base crawls: one list of jobs is all that says how a crawl goes. */
export class PathorsApi implements ProviderApi<'pathors'> {
	readonly id = 'pathors';
	readonly basePath = '';
	/** Project id → id of its only knowledge base. */
	private readonly projects = new Map<string, string>([
		[defaultIds.pathors.projectId, defaultIds.pathors.knowledgeBaseId],
		['simProject2', 'simKnowledge2'],
	]);
	private readonly jobs = new JobTable<Entry>();
	private readonly answerStatus = createStatusCheck((error) => this.errorBody(error));

	constructor(private readonly pageDelayMs: number) {}

	authenticate({ headers }: FastifyRequest): void {
		if (headers.authorization !== `Bearer ${credentials.pathors.developerKey}`) {
			throw new ApiError(401, 'Unauthorized: a developer key (dk_...) is required');
		}
	}

	errorBody({ status, message }: ApiError): unknown {
		if (PLAIN_ERRORS.includes(status)) return { error: message };
		const code = ERROR_CODES[status];
		return { error: code === undefined ? { message } : { message, code } };
	}

	addScripted(job: ScriptedJob<ScriptFor<'pathors'>>): void {
		const { projectId, knowledgeBaseId } = job.script;
		this.projects.set(projectId, knowledgeBaseId);
		this.jobs.add({ job, projectId, knowledgeBaseId });
	}

	stop(): void {
		this.jobs.stop();
	}

	routes(app: FastifyInstance): void {
		app.get('/v1/projects', () => ({
			data: [...this.projects.keys()].map((id) => ({ id, name: `Project ${id}` })),
		}));

		app.get<{ Params: { projectId: string } }>(
			'/v1/projects/:projectId/knowledgebases',
			(request) => [
				{
					id: this.knowledgeBaseOf(request.params.projectId),
					name: 'Website',
					type: 'pgvector',
					embeddingModelName: 'text-embedding-3-small',
					chunkSize: 500,
					chunkOverlap: 50,
				},
			],
		);

		app.post<{ Params: KnowledgeBaseParams }>(
			'/v1/projects/:projectId/knowledgebases/:knowledgeBaseId/crawl',
			(request) => {
				const scope = this.requireKnowledgeBase(request.params);
				const { url, returnJobId } = parseCrawlBody(request.body);
				const { job } = this.jobs.add({ job: this.startCrawl(url), ...scope });
				return returnJobId ? { success: true, jobId: job.jobId } : { success: true };
			},
		);

		app.get<{ Params: KnowledgeBaseParams }>(
			'/v1/projects/:projectId/knowledgebases/:knowledgeBaseId/crawl/jobs',
			(request, reply) => {
				const { projectId, knowledgeBaseId } = this.requireKnowledgeBase(request.params);
				return this.answerStatus({
					entries: this.jobs.where(
						(entry) => entry.projectId === projectId && entry.knowledgeBaseId === knowledgeBaseId,
					),
					request,
					reply,
					render: (entries) => ({ jobs: entries.map(jobItem) }),
				});
			},
		);
	}

	private knowledgeBaseOf(projectId: string): string {
		const knowledgeBaseId = this.projects.get(projectId);
		if (knowledgeBaseId === undefined) throw new ApiError(404, 'Project not found');
		return knowledgeBaseId;
	}

	private requireKnowledgeBase({ projectId, knowledgeBaseId }: KnowledgeBaseParams) {
		if (this.knowledgeBaseOf(projectId) !== knowledgeBaseId) {
			throw new ApiError(404, 'Knowledgebase not found');
		}
		return { projectId, knowledgeBaseId };
	}

	private startCrawl(url: string): Crawl {
		const seed = parseLoopbackUrl(url);
		if (!seed) throw new ApiError(400, refusal(url));
		return new Crawl({
			seeds: [url],
			maxDepth: MAX_DEPTH,
			maxPages: MAX_PAGES,
			follows: (link) => link.host === seed.host,
			pageDelayMs: this.pageDelayMs,
		});
	}
}

function parseCrawlBody(body: unknown): z.output<typeof crawlBodySchema> {
	const result = crawlBodySchema.safeParse(body);
	if (!result.success) throw new ApiError(400, 'url is required');
	return result.data;
}

/** `done` counts the pages that made it; pages not discovered yet are in no number. */
function jobItem({ job }: Entry): unknown {
	const view = job.view();
	return {
		jobId: job.jobId,
		mode: 'crawl',
		// Nothing is known of a queued crawl's size.
		total: view.phase === 'queued' ? 0 : view.counts.total,
		done: view.counts.completed,
		failed: view.counts.failed,
		status: statusWordOf(view, STATUS_WORDS),
		startedAt: new Date(view.createdAt).toISOString(),
		updatedAt: new Date(view.updatedAt).toISOString(),
	};
}
