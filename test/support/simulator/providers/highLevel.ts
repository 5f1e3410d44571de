import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../apiError';
import { Crawl } from '../crawler';
import type { Events } from '../events';
import { isFinal } from '../job';
import type { ScriptFor } from '../jobScript';
import { JobTable } from '../jobTable';
import { parseLoopbackUrl, refusal } from '../loopback';
import type { ProviderApi } from '../providerApi';
import { readRobotsFile } from '../robotsFile';
import type { ScriptedJob } from '../scriptedJob';
import { credentials, TOKEN_WITHOUT_SCOPE } from '../settings';
import { createStatusCheck } from '../statusCheck';
import { watchOperation } from './highLevelEvents';
import { HighLevelKnowledgeBases, type KnowledgeBaseKey } from './highLevelKnowledgeBases';
import { HighLevelOperation, type DiscoveryEnd, type UrlRecord } from './highLevelOperation';
import { HighLevelRateLimit } from './highLevelRateLimit';
import {
	deleteBodySchema,
	discoverBodySchema,
	knowledgeBasesQuerySchema,
	statusQuerySchema,
	trainBodySchema,
	urlsQuerySchema,
	validate,
	type DiscoverBody,
} from './highLevelSchemas';
import { HighLevelTokens } from './highLevelTokens';

const ENVELOPED_VERSION = '2021-04-15';
const VERSIONS = [ENVELOPED_VERSION, '2021-07-28', '2023-02-21', 'v3'];
/** New integrations use the first; the older one still works. */
const PREFIXES = ['/knowledge-bases', '/knowledge-base'];
const TOKEN_PATH = '/oauth/token';

const MAX_DEPTH = 10;
const MAX_PAGES = 500;

const ERROR_WORDS: Record<number, string> = {
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	422: 'Unprocessable Entity',
	429: 'Too Many Requests',
};

/** HighLevel knowledge base crawler: discovery, then training, on one operation id. */
export class HighLevelApi implements ProviderApi<'highLevel'> {
	readonly id = 'highLevel';
	readonly basePath = '';
	private readonly knowledgeBases = new HighLevelKnowledgeBases();
	private readonly operations = new JobTable<HighLevelOperation>();
	private readonly rateLimit = new HighLevelRateLimit();
	private readonly tokens = new HighLevelTokens();
	private readonly answerStatus = createStatusCheck((error) => this.errorBody(error));

	constructor(
		private readonly pageDelayMs: number,
		private readonly discoveryEnd: DiscoveryEnd,
		private readonly events: Events,
		/** The addresses that the app sends its events to. */
		private readonly eventUrls: readonly string[],
	) {}

	authenticate({ headers, routeOptions }: FastifyRequest): void {
		if (routeOptions.url?.endsWith(TOKEN_PATH)) return;
		if (headers.authorization === `Bearer ${TOKEN_WITHOUT_SCOPE}`) {
			throw new ApiError(401, 'The token is not authorized for this scope.');
		}
		const isPrivateToken = headers.authorization === `Bearer ${credentials.highLevel.token}`;
		if (!isPrivateToken && !this.tokens.accept(headers.authorization)) {
			throw new ApiError(401, 'Invalid token: access token is invalid');
		}
		if (headers.version === undefined) throw new ApiError(401, 'version header was not found.');
		if (!VERSIONS.includes(versionOf({ headers }))) {
			throw new ApiError(401, 'version header is invalid.');
		}
	}

	errorBody({ status, message, extras }: ApiError): unknown {
		const error = ERROR_WORDS[status];
		const text =
			status === 422 ? (extras.issues?.map((issue) => issue.message) ?? [message]) : message;
		return { statusCode: status, message: text, ...(error !== undefined && { error }) };
	}

	addScripted(job: ScriptedJob<ScriptFor<'highLevel'>>): void {
		const { locationId, knowledgeBaseId, url, durationMs, training, discoveryEnd } = job.script;
		this.knowledgeBases.add({ locationId, knowledgeBaseId }, 'Scripted');
		const operation = new HighLevelOperation({
			job,
			locationId,
			knowledgeBaseId,
			url,
			mode: 'Path',
			discoveryEnd: discoveryEnd ?? (training ? 'Pending' : 'Successful'),
			trainingMs: () => training?.durationMs ?? durationMs,
			autoTrainAfterMs: training?.gapMs,
		});
		this.operations.add(operation);
		watchOperation(this.events, this.eventUrls, operation);
	}

	stop(): void {
		this.operations.stop();
	}

	routes(app: FastifyInstance): void {
		app.addHook('onRequest', async (_request, reply) => {
			const { isAllowed, headers } = this.rateLimit.take();
			reply.headers(headers);
			if (!isAllowed) throw new ApiError(429);
		});
		app.addContentTypeParser(
			'application/x-www-form-urlencoded',
			{ parseAs: 'string' },
			(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
		);
		app.post(TOKEN_PATH, (request) => this.tokens.refresh(request.body));
		for (const prefix of PREFIXES) {
			app.register(
				async (routes) => {
					this.crawlRoutes(routes);
					this.urlRoutes(routes);
					this.knowledgeBaseRoutes(routes);
				},
				{ prefix },
			);
		}
	}

	private crawlRoutes(app: FastifyInstance): void {
		app.post('/crawler', (request, reply) => {
			const body = validate(discoverBodySchema, request.body);
			this.knowledgeBases.require(body);
			const { job } = this.discover(body);
			const answer = { operationId: job.jobId, status: 'Processing', url: body.url };
			return reply.code(201).send(inShapeOf(request, answer));
		});

		app.get('/crawler/status', (request, reply) => this.status(request, reply));

		app.post('/crawler/train', (request, reply) => {
			const body = validate(trainBodySchema, request.body);
			this.knowledgeBases.require(body);
			const operation = known(
				this.operationsIn(body).find(({ job }) => job.jobId === body.operationId),
			);
			train(operation, body.urlIds);
			const message = `Training queued for ${body.urlIds.length} URLs`;
			return reply
				.code(201)
				.send(
					isEnveloped(request)
						? { success: true }
						: { success: true, message, urlIds: body.urlIds },
				);
		});
	}

	private urlRoutes(app: FastifyInstance): void {
		app.get('/crawler', (request) => {
			const { page, pageLength, query, ...key } = validate(urlsQuerySchema, request.query);
			this.knowledgeBases.require(key);
			const matching = this.trainedUrls(key).filter(({ url }) => url.includes(query));
			const urls = matching.slice((page - 1) * pageLength, page * pageLength);
			// The one answer that no version puts into an envelope.
			return { count: matching.length, urls: urls.map((url) => urlItem(url, key)) };
		});

		app.delete('/crawler', (request) => {
			const body = validate(deleteBodySchema, request.body);
			this.knowledgeBases.require(body);
			const urlIds = body.deleteAll ? this.trainedUrls(body).map(({ id }) => id) : body.urlIds;
			const kept = new Set(body.excludeUrlIds);
			const operations = this.operationsIn(body);
			const deletedCount = operations
				.map((operation) => operation.delete(urlIds.filter((id) => !kept.has(id))))
				.reduce((total, count) => total + count, 0);
			return isEnveloped(request)
				? { success: true }
				: { success: true, deletedCount, message: `Deleted ${deletedCount} URLs` };
		});
	}

	private knowledgeBaseRoutes(app: FastifyInstance): void {
		app.get('/', (request) => ({
			success: true,
			data: this.knowledgeBases.list(validate(knowledgeBasesQuerySchema, request.query)),
		}));
	}

	private status(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
		const { operationId, ...key } = validate(statusQuerySchema, request.query);
		if (operationId === undefined && isEnveloped(request)) {
			throw new ApiError(422, undefined, {
				issues: [{ message: 'operationId should not be empty' }],
			});
		}
		this.knowledgeBases.require(key);
		const operations = this.operations.where((one) => one.isIn(key));
		const asked = operationId ?? operations[0]?.job.jobId;
		return this.answerStatus({
			entries: operations.filter(({ job }) => job.jobId === asked),
			request,
			reply,
			render: ([operation]) => {
				const found = known(operation);
				return inShapeOf(request, found.status(this.urlsTrainedElsewhere(found, key)));
			},
		});
	}

	private operationsIn(key: KnowledgeBaseKey): HighLevelOperation[] {
		return this.operations.list((operation) => operation.isIn(key));
	}

	private trainedUrls(key: KnowledgeBaseKey): UrlRecord[] {
		return this.operationsIn(key).flatMap((operation) => operation.trainedRecords());
	}

	private urlsTrainedElsewhere(operation: HighLevelOperation, key: KnowledgeBaseKey): Set<string> {
		const others = this.operations.where((other) => other.isIn(key) && other !== operation);
		return new Set(others.flatMap((other) => other.trainedRecords()).map(({ url }) => url));
	}

	private discover(body: DiscoverBody): HighLevelOperation {
		const { url, option, preSelectedUrls, autoTrain, locationId, knowledgeBaseId } = body;
		const seeds = (preSelectedUrls ?? [url]).map(parseSeed);
		const job = new Crawl({
			seeds: seeds.map((seed) => seed.href),
			maxDepth: option === 'Exact' || preSelectedUrls ? 1 : MAX_DEPTH,
			maxPages: MAX_PAGES,
			follows: (link) => seeds.some((seed) => isWithin(seed, link, option)),
			pageDelayMs: this.pageDelayMs,
		});
		const operation = new HighLevelOperation({
			job,
			locationId,
			knowledgeBaseId,
			url,
			mode: option,
			discoveryEnd: this.discoveryEnd,
			trainingMs: (pages) => pages * this.pageDelayMs,
			autoTrainAfterMs: autoTrain ? 0 : undefined,
		});
		void this.addRobotsFile(operation);
		watchOperation(this.events, this.eventUrls, operation);
		return this.operations.add(operation);
	}

	private async addRobotsFile(operation: HighLevelOperation): Promise<void> {
		const seed = parseLoopbackUrl(operation.settings.url);
		if (seed) operation.robotsFileData = await readRobotsFile(seed);
	}
}

function versionOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
	return String(headers.version);
}

function isEnveloped(request: FastifyRequest): boolean {
	return versionOf(request) === ENVELOPED_VERSION;
}

/** The older version wraps its answers, the newer ones do not. */
function inShapeOf(request: FastifyRequest, answer: object): object {
	return isEnveloped(request) ? { success: true, data: answer } : answer;
}

function parseSeed(text: string): URL {
	const seed = parseLoopbackUrl(text);
	if (!seed) throw new ApiError(400, refusal(text));
	return seed;
}

function isWithin(seed: URL, link: URL, option: DiscoverBody['option']): boolean {
	if (link.host !== seed.host) return false;
	return option === 'Domain' || link.pathname.startsWith(seed.pathname);
}

function train(operation: HighLevelOperation, urlIds: string[]): void {
	if (!isFinal(operation.job.view().phase)) {
		throw new ApiError(400, 'The crawl of this operation is still in progress');
	}
	const discovered = new Set(operation.records().map(({ id }) => id));
	const unknownId = urlIds.find((id) => !discovered.has(id));
	if (unknownId !== undefined) throw new ApiError(400, `Unknown url id ${unknownId}`);
	operation.train(urlIds);
}

function urlItem({ id, url, status, page }: UrlRecord, key: KnowledgeBaseKey): object {
	return {
		id,
		url,
		title: page?.title ?? '',
		status,
		...key,
		// Where the provider keeps the text as a file; the simulator keeps none.
		content: `https://storage.example.com/knowledge-bases/${id}.txt`,
		contentEditedByUser: false,
		updatedAt: new Date(page?.finishedAt ?? 0).toISOString(),
	};
}

function known(operation: HighLevelOperation | undefined): HighLevelOperation {
	if (!operation) throw new ApiError(404, 'Operation not found');
	return operation;
}
