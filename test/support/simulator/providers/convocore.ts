import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v3';
import { ApiError } from '../apiError';
import { Crawl } from '../crawler';
import type { Events } from '../events';
import type { ScriptFor } from '../jobScript';
import { JobTable } from '../jobTable';
import { parseLoopbackUrl, refusal } from '../loopback';
import type { ProviderApi } from '../providerApi';
import type { ScriptedJob } from '../scriptedJob';
import { credentials } from '../settings';
import { createStatusCheck } from '../statusCheck';
import {
	jobDetail,
	jobSummary,
	pageDetail,
	pageSummary,
	type ConvocoreEntry,
	type CrawlOptions,
} from './convocoreJob';
import { deliverWebhook, webhookSchema, type WebhookEvent } from './convocoreWebhook';

const MAX_DEPTH = 10;

const crawlOptionsSchema = z.object({
	maxPages: z.number().int().min(1).max(500).default(250),
	urlMatchers: z.array(z.string()).default([]),
	unMatchers: z.array(z.string()).default([]),
	stayOnDomain: z.boolean().default(true),
});

const jobRequestSchema = z.object({
	crawl: z.boolean().default(false),
	crawlOptions: crawlOptionsSchema.default({}),
	useProxy: z.boolean().default(false),
	deep: z.boolean().default(false),
	refreshRate: z.string().default('never'),
	toAgentId: z.string().nullable().default(null),
	toAgentIds: z.array(z.string()).default([]),
	webhook: webhookSchema.optional(),
});

const createBodySchema = jobRequestSchema.extend({
	urls: z.array(z.string().url()).min(1),
});

const pagingSchema = z.object({
	page: z.coerce.number().int().min(1).default(1),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});

const agent = {
	ID: 'simAgent1',
	title: 'Workshop assistant',
	ownerID: credentials.convocore.workspaceId,
};

const ERROR_CODES: Record<number, string> = {
	400: 'BAD_REQUEST',
	401: 'UNAUTHORIZED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	429: 'TOO_MANY_REQUESTS',
	500: 'INTERNAL_SERVER_ERROR',
};

interface JobParams {
	workspaceId: string;
	jobId: string;
}

/** Convocore API v3, crawler jobs: enveloped answers, flags for a status, webhooks per job. */
export class ConvocoreApi implements ProviderApi<'convocore'> {
	readonly id = 'convocore';
	readonly basePath = '/v3';
	private readonly workspaces = new Set<string>([credentials.convocore.workspaceId]);
	private readonly jobs = new JobTable<ConvocoreEntry>();
	private readonly answerStatus = createStatusCheck((error) => this.errorBody(error));

	constructor(
		private readonly pageDelayMs: number,
		private readonly events: Events,
	) {}

	authenticate({ headers, params }: FastifyRequest): void {
		if (headers.authorization !== `Bearer ${credentials.convocore.workspaceSecret}`) {
			throw new ApiError(401, 'Invalid workspace secret');
		}
		const { workspaceId } = params as Partial<JobParams>;
		if (workspaceId !== undefined && !this.workspaces.has(workspaceId)) {
			throw new ApiError(403, 'This secret has no access to the workspace');
		}
	}

	errorBody({ status, message, extras }: ApiError): unknown {
		const code = ERROR_CODES[status];
		const envelope = code === undefined ? { message } : { message, code };
		return extras.issues ? { ...envelope, issues: extras.issues } : envelope;
	}

	addScripted(job: ScriptedJob<ScriptFor<'convocore'>>): void {
		const { workspaceId, webhook } = job.script;
		this.workspaces.add(workspaceId);
		const request = jobRequestSchema.parse({ crawl: true, webhook });
		const entry = this.jobs.add({ job, workspaceId, request, webhookFinalizedAt: null });
		if (request.webhook === undefined) return;
		const { webhook: to } = request;
		this.events.whenEnded(job, ({ phase }) => {
			const event = phase === 'failed' ? 'job_failed' : 'job_completed';
			const body = { workspaceId, jobId: job.jobId, data: jobSummary(entry) };
			void deliverWebhook(this.events, to, event, body);
		});
	}

	stop(): void {
		this.jobs.stop();
	}

	routes(app: FastifyInstance): void {
		app.get('/v3/workspaces', () =>
			success([...this.workspaces].map((id) => ({ id, name: `Workspace ${id}` }))),
		);
		app.get('/v3/agents', () => success([agent]));
		app.register(async (jobs) => this.jobRoutes(jobs), {
			prefix: '/v3/workspaces/:workspaceId/crawler/jobs',
		});
	}

	private jobRoutes(app: FastifyInstance): void {
		app.post<{ Params: JobParams }>('/', (request) => {
			const body = validate(createBodySchema, request.body);
			return success(jobSummary(this.startCrawl(request.params.workspaceId, body)));
		});

		app.get<{ Params: JobParams }>('/', (request) => {
			const { workspaceId } = request.params;
			const jobs = this.jobs.list((entry) => entry.workspaceId === workspaceId);
			return success(paged('jobs', jobs.map(jobSummary), request.query));
		});

		app.get<{ Params: JobParams }>('/:jobId', (request, reply) => {
			const { workspaceId, jobId } = request.params;
			return this.answerStatus({
				entries: this.jobs.named(jobId).filter((entry) => entry.workspaceId === workspaceId),
				request,
				reply,
				render: ([entry]) => success(jobDetail(known(entry))),
			});
		});

		app.delete<{ Params: JobParams }>('/:jobId', (request) => {
			const { job } = this.requireJob(request.params);
			this.jobs.remove(job.jobId);
			return success({ id: job.jobId });
		});

		app.get<{ Params: JobParams }>('/:jobId/pages', (request) => {
			const { pages } = this.requireJob(request.params).job.view();
			return success(paged('pages', pages.map(pageSummary), request.query));
		});

		app.get<{ Params: JobParams & { pageId: string } }>('/:jobId/pages/:pageId', (request) => {
			const { pages } = this.requireJob(request.params).job.view();
			const page = pages.find(({ id }) => id === request.params.pageId);
			if (!page) throw new ApiError(404, 'Page not found');
			return success(pageDetail(page));
		});
	}

	private requireJob({ workspaceId, jobId }: JobParams): ConvocoreEntry {
		const entry = this.jobs.find(jobId);
		return known(entry?.workspaceId === workspaceId ? entry : undefined);
	}

	private startCrawl(
		workspaceId: string,
		{ urls, ...request }: z.output<typeof createBodySchema>,
	): ConvocoreEntry {
		const refused = urls.find((url) => !parseLoopbackUrl(url));
		if (refused !== undefined) throw new ApiError(400, refusal(refused));
		// One after the other, so that the last page is told before the end.
		let deliveries = Promise.resolve();
		const notify = (event: WebhookEvent, data: object): Promise<void> => {
			const { webhook } = request;
			if (!webhook) return deliveries;
			const body = { workspaceId, jobId: job.jobId, data };
			deliveries = deliveries.then(() => deliverWebhook(this.events, webhook, event, body));
			return deliveries;
		};
		const job = new Crawl({
			seeds: urls,
			maxDepth: request.crawl ? MAX_DEPTH : 1,
			maxPages: request.crawl ? request.crawlOptions.maxPages : urls.length,
			follows: followRule(urls, request.crawlOptions),
			pageDelayMs: this.pageDelayMs,
			onPage: (page) => void notify('page_scraped', pageSummary(page)),
			onFinished: async ({ phase }) => {
				await notify(phase === 'failed' ? 'job_failed' : 'job_completed', jobSummary(entry));
				entry.webhookFinalizedAt = request.webhook ? new Date().toISOString() : null;
			},
		});
		const entry = this.jobs.add({ job, workspaceId, request, webhookFinalizedAt: null });
		return entry;
	}
}

function known(entry: ConvocoreEntry | undefined): ConvocoreEntry {
	if (!entry) throw new ApiError(404, 'Crawler job not found');
	return entry;
}

function success(data: unknown): object {
	return { success: true, message: 'OK', data };
}

function paged(name: 'jobs' | 'pages', items: object[], query: unknown): object {
	const { page, limit } = validate(pagingSchema, query);
	const slice = items.slice((page - 1) * limit, page * limit);
	return { [name]: slice, total: items.length, page, pageSize: limit };
}

function validate<Schema extends z.ZodType<unknown>>(
	schema: Schema,
	value: unknown,
): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data as z.output<Schema>;
	const issues = result.error.issues.map(({ path, message }) => ({
		message: `${path.join('.')}: ${message}`,
	}));
	throw new ApiError(400, 'Input validation failed', { issues });
}

function followRule(seeds: string[], options: CrawlOptions): (link: URL) => boolean {
	const hosts = new Set(seeds.map((seed) => new URL(seed).host));
	return (link) => {
		const matches = (pattern: string) => globToRegExp(pattern).test(link.href);
		if (options.stayOnDomain && !hosts.has(link.host)) return false;
		if (options.unMatchers.some(matches)) return false;
		return options.urlMatchers.length === 0 || options.urlMatchers.some(matches);
	};
}

/** The pattern language is not documented: here it is a part of the address, `*` for anything. */
function globToRegExp(pattern: string): RegExp {
	const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(escaped.replaceAll('*', '.*'));
}
