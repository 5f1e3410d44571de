import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v3';
import { ApiError } from '../apiError';
import { Crawl } from '../crawler';
import { validateFastApi } from '../fastApi';
import type { SimulatedJob } from '../job';
import type { ScriptFor } from '../jobScript';
import { JobTable } from '../jobTable';
import { parseLoopbackUrl, refusal } from '../loopback';
import type { ProviderApi } from '../providerApi';
import { ReusedJob } from '../reusedJob';
import type { ScriptedJob } from '../scriptedJob';
import { credentials } from '../settings';
import { createStatusCheck } from '../statusCheck';
import {
	jobListItem,
	jobStatus,
	MAX_ITERATIONS,
	SCRAPE_TYPE,
	type MidPilotEntry,
} from './midPilotJob';

const MAX_PAGES = 500;

const NGINX_401 =
	'<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n' +
	'<center><h1>401 Authorization Required</h1></center>\r\n<hr><center>nginx</center>\r\n' +
	'</body>\r\n</html>\r\n';

const uuidSchema = z.string().uuid('Input should be a valid UUID');
const sessionParamsSchema = z.object({ session_id: uuidSchema });
const statusQuerySchema = z.object({ jobId: uuidSchema.optional() });

const scrapeBodySchema = z.object({
	starterLinks: z.array(z.string()),
	applicationName: z.string(),
	applicationVersion: z.string().default('current'),
	skipCache: z.boolean().default(false),
});

type ScrapeBody = z.output<typeof scrapeBodySchema>;

interface Session {
	createdAt: string;
	scrapeJobId: string | null;
}

/** midPilot connector generator, scraping of a session: no auth of its own, no cancel. */
export class MidPilotApi implements ProviderApi<'midPilot'> {
	readonly id = 'midPilot';
	// The prefix /api/v1 is no part of the base URL: /health stands beside it.
	readonly basePath = '';
	private readonly sessions = new Map<string, Session>();
	private readonly jobs = new JobTable<MidPilotEntry>();
	/** Input of a scrape → the last job that was started for it. */
	private readonly earlierJobs = new Map<string, SimulatedJob>();
	private readonly answerStatus = createStatusCheck((error) => this.errorBody(error));

	constructor(private readonly pageDelayMs: number) {}

	/** The reverse proxy in front: it minds a wrong header value, not a missing one. */
	authenticate({ headers }: FastifyRequest): void {
		const { headerName, headerValue } = credentials.midPilot;
		const sent = headers[headerName.toLowerCase()];
		if (sent !== undefined && sent !== headerValue) {
			throw new ApiError(401, undefined, {
				headers: { 'content-type': 'text/html', server: 'nginx' },
				body: NGINX_401,
			});
		}
	}

	/** FastAPI's envelope for what its routes refuse, the server's own for what else goes wrong. */
	errorBody({ status, message }: ApiError): unknown {
		if (status < 500 && status !== 401) return { detail: message };
		const code = status === 401 ? 'unauthorized' : 'internal_error';
		return { error: { code, message } };
	}

	addScripted(job: ScriptedJob<ScriptFor<'midPilot'>>): void {
		const { sessionId, type, resultKeys } = job.script;
		const session = this.sessions.get(sessionId) ?? this.addSession(sessionId);
		session.scrapeJobId = job.jobId;
		this.jobs.add({ job, sessionId, type, resultKeys, reused: false });
	}

	stop(): void {
		this.jobs.stop();
	}

	routes(app: FastifyInstance): void {
		app.get('/health', () => ({ message: 'OK' }));
		app.register(async (session) => this.sessionRoutes(session), { prefix: '/api/v1/session' });
		app.register(async (scrape) => this.scrapeRoutes(scrape), { prefix: '/api/v1/scrape' });
	}

	private sessionRoutes(app: FastifyInstance): void {
		app.post('/', (_request, reply) => {
			const sessionId = randomUUID();
			this.addSession(sessionId);
			return reply.code(201).send({ sessionId, message: 'Session created' });
		});

		app.post('/:session_id', (request, reply) => {
			const sessionId = sessionIdOf(request);
			if (this.sessions.has(sessionId)) throw new ApiError(409, 'Session already exists');
			this.addSession(sessionId);
			return reply.code(201).send({ sessionId, message: 'Session created' });
		});

		app.get('/:session_id', (request) => {
			const sessionId = sessionIdOf(request);
			const { createdAt, scrapeJobId } = this.requireSession(sessionId);
			return { sessionId, createdAt, data: scrapeJobId === null ? {} : { scrapeJobId } };
		});

		app.head('/:session_id', (request, reply) => {
			this.requireSession(sessionIdOf(request));
			return reply.code(204).send();
		});

		app.delete('/:session_id', (request) => {
			const sessionId = sessionIdOf(request);
			this.requireSession(sessionId);
			this.sessions.delete(sessionId);
			const jobs = this.jobs.where((entry) => entry.sessionId === sessionId);
			for (const { job } of jobs) this.jobs.remove(job.jobId);
			return { sessionId, message: 'Session deleted' };
		});

		app.get('/:session_id/jobs', (request) => {
			const sessionId = sessionIdOf(request);
			this.requireSession(sessionId);
			const jobs = this.jobs.list((entry) => entry.sessionId === sessionId);
			return { sessionId, jobs: jobs.map(jobListItem) };
		});
	}

	private scrapeRoutes(app: FastifyInstance): void {
		app.post('/:session_id/scrape', (request) => {
			const sessionId = sessionIdOf(request);
			const session = this.requireSession(sessionId);
			const body = validateFastApi(scrapeBodySchema, request.body ?? {}, 'body');
			const { jobId } = this.startScrape(sessionId, body);
			session.scrapeJobId = jobId;
			return { jobId };
		});

		app.get('/:session_id/scrape', (request, reply) => {
			const session = this.requireSession(sessionIdOf(request));
			const query = validateFastApi(statusQuerySchema, request.query, 'query');
			const jobId = query.jobId ?? session.scrapeJobId;
			if (jobId === null) throw new ApiError(404, 'No scrape job found for this session');
			return this.answerStatus({
				// Whether the job belongs to the session is not checked.
				entries: this.jobs.named(jobId),
				request,
				reply,
				render: ([entry]) => (entry ? jobStatus(entry) : { jobId, status: 'not_found' }),
			});
		});
	}

	private addSession(sessionId: string): Session {
		const session: Session = { createdAt: new Date().toISOString(), scrapeJobId: null };
		this.sessions.set(sessionId, session);
		return session;
	}

	private requireSession(sessionId: string): Session {
		const session = this.sessions.get(sessionId);
		if (!session) throw new ApiError(404, `Session ${sessionId} not found`);
		return session;
	}

	private startScrape(sessionId: string, { skipCache, ...input }: ScrapeBody): SimulatedJob {
		const cacheKey = JSON.stringify(input);
		const earlier = skipCache ? undefined : this.earlierJobs.get(cacheKey);
		const reused = earlier?.view().phase === 'succeeded';
		const job = earlier && reused ? new ReusedJob(earlier) : this.startCrawl(input.starterLinks);
		if (!reused) this.earlierJobs.set(cacheKey, job);
		this.jobs.add({
			job,
			sessionId,
			type: SCRAPE_TYPE,
			resultKeys: 'documentations',
			reused,
		});
		return job;
	}

	private startCrawl(starterLinks: string[]): Crawl {
		const refused = starterLinks.find((link) => !parseLoopbackUrl(link));
		if (refused !== undefined) throw refuse(refused);
		const hosts = new Set(starterLinks.map((link) => new URL(link).host));
		return new Crawl({
			seeds: starterLinks,
			maxDepth: MAX_ITERATIONS,
			maxPages: MAX_PAGES,
			follows: (link) => hosts.has(link.host),
			pageDelayMs: this.pageDelayMs,
		});
	}
}

function sessionIdOf(request: FastifyRequest): string {
	return validateFastApi(sessionParamsSchema, request.params, 'path').session_id;
}

function refuse(url: string): ApiError {
	const detail = [{ loc: ['body', 'starterLinks'], msg: refusal(url), type: 'value_error' }];
	return new ApiError(422, undefined, { body: { detail } });
}
