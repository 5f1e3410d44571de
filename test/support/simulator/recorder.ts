import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProviderId } from './job';

/** A request to a provider's API, whatever its answer was. */
export interface RecordedRequest {
	provider: ProviderId;
	method: string;
	/** As the provider's host sees it, without the query: `/v1/crawl/…`. */
	path: string;
	query: Record<string, unknown>;
	headers: IncomingHttpHeaders;
	/** The parsed JSON; undefined without a body. */
	body: unknown;
	/** Epoch milliseconds of its arrival. */
	at: number;
}

/** Keeps every API request, in the order of arrival. */
export class RequestRecorder {
	readonly requests: RecordedRequest[] = [];
	private readonly records = new WeakMap<FastifyRequest, RecordedRequest>();

	attach(app: FastifyInstance, provider: ProviderId, prefix: string): void {
		app.addHook('onRequest', async (request) => {
			const record = describe(request, provider, prefix);
			this.records.set(request, record);
			this.requests.push(record);
		});
		app.addHook('preValidation', async (request) => {
			const record = this.records.get(request);
			if (record) record.body = request.body;
		});
	}
}

function describe(request: FastifyRequest, provider: ProviderId, prefix: string): RecordedRequest {
	const [path = ''] = request.url.split('?');
	return {
		provider,
		method: request.method,
		path: path.slice(prefix.length),
		query: { ...(request.query as Record<string, unknown>) },
		headers: { ...request.headers },
		body: undefined,
		at: Date.now(),
	};
}
