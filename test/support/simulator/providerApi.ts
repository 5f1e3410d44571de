import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './apiError';
import type { ProviderId } from './job';
import type { ScriptFor } from './jobScript';
import type { RequestRecorder } from './recorder';
import type { ScriptedJob } from './scriptedJob';

/** One provider's crawl API. */
export interface ProviderApi<Id extends ProviderId> {
	readonly id: Id;
	/** What the provider's own base URL holds after its host: '' or a path. */
	readonly basePath: string;
	/** @throws ApiError when the request carries no valid credential */
	authenticate(request: FastifyRequest, reply: FastifyReply): void;
	/** Puts an error into the provider's envelope. */
	errorBody(error: ApiError): unknown;
	/** Adds the provider's routes; their paths are those of the provider's documentation. */
	routes(app: FastifyInstance): void;
	addScripted(job: ScriptedJob<ScriptFor<Id>>): void;
	/** Ends the work of all jobs. */
	stop(): void;
}

/** Puts a provider's API under `/<provider id>`. */
export function mountProvider(
	root: FastifyInstance,
	provider: Omit<ProviderApi<ProviderId>, 'addScripted'>,
	recorder: RequestRecorder,
): void {
	const prefix = `/${provider.id}`;
	const scope = async (app: FastifyInstance) => {
		recorder.attach(app, provider.id, prefix);
		app.addHook('preHandler', async (request, reply) => provider.authenticate(request, reply));
		app.setErrorHandler((error, _request, reply) => {
			const { status, message, extras } = toApiError(error);
			const body = extras.body ?? provider.errorBody(new ApiError(status, message, extras));
			return reply
				.code(status)
				.headers(extras.headers ?? {})
				.send(body);
		});
		app.setNotFoundHandler((_request, reply) =>
			reply.code(404).send(provider.errorBody(new ApiError(404))),
		);
		provider.routes(app);
	};
	root.register(scope, { prefix });
}

function toApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new ApiError(statusCodeOf(error), message);
}

/** Fastify's own errors, such as for a body that is not JSON, carry the status to answer with. */
function statusCodeOf(error: unknown): number {
	const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
	return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
