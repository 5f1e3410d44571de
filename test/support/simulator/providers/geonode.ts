import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v3';
import { ApiError } from '../apiError';
import { Crawl } from '../crawler';
import type { Events } from '../events';
import { validateFastApi } from '../fastApi';
import { isFinal, statusWordOf, type JobView, type PageView } from '../job';
import { JobTable, type JobEntry } from '../jobTable';
import { parseLoopbackUrl, refusal } from '../loopback';
import type { ProviderApi } from '../providerApi';
import { credentials } from '../settings';
import { createStatusCheck } from '../statusCheck';
import { GeonodeWebhooks, type GeonodeWebhook } from './geonodeWebhooks';

const MAX_DEPTH = 10;

const crawlConfigSchema = z.object({
	formats: z.array(z.enum(['markdown', 'html'])).default(['markdown']),
	render_js: z.boolean().default(false),
	same_domain_only: z.boolean().default(true),
	// Loopback addresses have no subdomains: the option is accepted and shown only.
	include_subdomains: z.boolean().default(false),
	proxy: z.object({}).passthrough().nullable().default(null),
	wait_config: z.object({}).passthrough().nullable().default(null),
});

const crawlBodySchema = crawlConfigSchema.extend({
	url: z.string(),
	depth: z.number().int().min(1).default(2),
	limit: z.number().int().min(1).max(10_000).default(100),
});

const pagingSchema = z.object({
	page: z.coerce.number().int().min(1).default(1),
	page_size: z.coerce.number().int().min(1).max(50).default(10),
});

type CrawlConfig = z.output<typeof crawlConfigSchema>;
type CrawlBody = z.output<typeof crawlBodySchema>;
type Paging = z.output<typeof pagingSchema>;

interface Entry extends JobEntry {
	config: CrawlConfig;
}

const STATUS_WORDS = {
	queued: 'queued',
	running: 'processing',
	succeeded: 'completed',
	failed: 'failed',
	cancelled: 'cancelled',
} as const;

const ERROR_CODES: Record<number, string> = {
	400: 'BAD_REQUEST',
	401: 'UNAUTHORIZED',
	402: 'PAYMENT_REQUIRED',
	404: 'NOT_FOUND',
	409: 'CONFLICT',
	422: 'VALIDATION_ERROR',
	429: 'RATE_LIMITED',
};

/** Geonode Scraper API, site crawls: `X-Api-Key`, page slices inside the status answer. */
export class GeonodeApi implements ProviderApi<'geonode'> {
	readonly id = 'geonode';
	readonly basePath = '';
	private readonly jobs = new JobTable<Entry>();
	private readonly answerStatus = createStatusCheck((error) => this.errorBody(error));

	private readonly webhooks: GeonodeWebhooks;

	constructor(
		private readonly pageDelayMs: number,
		events: Events,
		webhooks: Map<string, GeonodeWebhook>,
	) {
		this.webhooks = new GeonodeWebhooks(events, webhooks);
	}

	authenticate({ headers }: FastifyRequest): void {
		if (headers['x-api-key'] !== credentials.geonode.apiKey) {
			throw new ApiError(401, 'Invalid or missing API key');
		}
	}

	errorBody({ status, message }: ApiError): unknown {
		return {
			code: ERROR_CODES[status] ?? (status >= 500 ? 'INTERNAL_ERROR' : 'REQUEST_FAILED'),
			message,
			correlation_id: randomUUID(),
			retryable: status >= 500 || status === 408 || status === 429,
		};
	}

	addScripted(job: Entry['job']): void {
		this.jobs.add({ job, config: crawlConfigSchema.parse({}) });
		this.webhooks.watch(job);
	}

	stop(): void {
		this.jobs.stop();
	}

	routes(app: FastifyInstance): void {
		this.webhooks.routes(app);
		app.post('/v1/crawl', (request, reply) => {
			const body = validateFastApi(crawlBodySchema, request.body ?? {}, 'body');
			const job = this.startCrawl(body);
			this.jobs.add({ job, config: crawlConfigSchema.parse(body) });
			this.webhooks.watch(job);
			return reply.code(202).send({
				job_id: job.jobId,
				url: body.url,
				status: 'queued',
				status_url: statusUrl(job.jobId),
				estimated_pages: body.limit,
			});
		});

		app.get('/v1/crawl/jobs', (request) => {
			const { page, page_size } = validateFastApi(pagingSchema, request.query, 'query');
			const jobs = this.jobs.list();
			return {
				jobs: slice(jobs, { page, page_size }).map(listItem),
				page,
				page_size,
				page_count: Math.ceil(jobs.length / page_size),
			};
		});

		app.get<{ Params: { jobId: string } }>('/v1/crawl/:jobId', (request, reply) => {
			const paging = validateFastApi(pagingSchema, request.query, 'query');
			return this.answerStatus({
				entries: this.jobs.named(request.params.jobId),
				request,
				reply,
				render: ([entry]) => statusBody(known(entry), paging),
			});
		});

		app.delete<{ Params: { jobId: string } }>('/v1/crawl/:jobId', (request, reply) => {
			const { job } = known(this.jobs.find(request.params.jobId));
			const inFlight = job.cancel();
			if (inFlight === null) throw new ApiError(409, 'The crawl job is finished already');
			return reply.code(202).send({
				job_id: job.jobId,
				status: 'cancelled',
				status_url: statusUrl(job.jobId),
				in_flight_pages: inFlight,
			});
		});

		app.get('/v1/statistics', () => {
			// A credential test asks for this: it must not start the clock of a scripted job.
			const views = this.jobs.where(() => true).map(({ job }) => job.view());
			return {
				total_jobs: views.length,
				successful_pages: sum(views.map(({ counts }) => counts.completed)),
				failed_pages: sum(views.map(({ counts }) => counts.failed)),
			};
		});
	}

	private startCrawl({ url, depth, limit, same_domain_only }: CrawlBody): Crawl {
		if (depth > MAX_DEPTH) {
			const message = `Crawl depth limit exceeded: your plan allows a depth of ${MAX_DEPTH}`;
			throw new ApiError(422, message);
		}
		const seed = parseLoopbackUrl(url);
		if (!seed) throw new ApiError(422, refusal(url));
		return new Crawl({
			seeds: [url],
			maxDepth: depth,
			maxPages: limit,
			follows: (link) => !same_domain_only || link.host === seed.host,
			pageDelayMs: this.pageDelayMs,
		});
	}
}

function known(entry: Entry | undefined): Entry {
	if (!entry) throw new ApiError(404, 'Crawl job not found');
	return entry;
}

function statusUrl(jobId: string): string {
	return `/v1/crawl/${jobId}`;
}

function slice<Item>(items: Item[], { page, page_size }: Paging): Item[] {
	return items.slice((page - 1) * page_size, page * page_size);
}

function listItem({ job, config }: Entry): unknown {
	return { ...jobFields(job.jobId, job.view()), config };
}

function statusBody({ job, config }: Entry, paging: Paging): unknown {
	const view = job.view();
	return {
		...jobFields(job.jobId, view),
		crawl_config: config,
		cancelled_pages: view.counts.cancelled,
		token_summary: {
			tokens_charged_total: view.counts.completed,
			tokens_reserved: view.pending.length,
		},
		results: slice(view.pages, paging).map((page) => resultItem(page, config)),
	};
}

function jobFields(jobId: string, view: JobView): object {
	return {
		job_id: jobId,
		url: view.seeds[0],
		status: statusWordOf(view, STATUS_WORDS),
		total_pages: view.counts.total,
		completed_pages: view.counts.completed,
		failed_pages: view.counts.failed,
		created_at: isoSeconds(view.createdAt),
		completed_at:
			isFinal(view.phase) && view.finishedAt !== null ? isoSeconds(view.finishedAt) : null,
	};
}

function resultItem(page: PageView, { formats }: CrawlConfig): unknown {
	const outcome = page.error
		? { status: 'failed', error_code: page.error.code, error_message: page.error.message }
		: {
				status: 'completed',
				error_code: null,
				error_message: null,
				data: {
					markdown: formats.includes('markdown') ? page.markdown : null,
					html: formats.includes('html') ? page.html : null,
				},
			};
	return {
		url: page.url,
		parent_url: page.parentUrl,
		depth: page.depth,
		...outcome,
		links: page.links,
		metadata: {
			http_status: page.httpStatus,
			duration_ms: page.durationMs,
			retry_count: 0,
			tokens_charged: page.error ? 0 : 1,
		},
	};
}

/** ISO 8601 in whole seconds, as the provider writes it. */
function isoSeconds(epochMs: number): string {
	return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
