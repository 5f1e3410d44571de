import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** A call a workflow made to the toy CRM after its crawl. */
export interface CrmCall {
	/** After `/crm`: `/opportunities`. */
	path: string;
	headers: IncomingHttpHeaders;
	body: unknown;
	/** Epoch milliseconds. */
	at: number;
}

/** A CRM that takes any record without a credential: `POST /crm/<collection>` answers 201. */
export function mountCrm(app: FastifyInstance, calls: CrmCall[]): void {
	app.post<{ Params: { '*': string } }>('/crm/*', (request, reply) => {
		calls.push({
			path: `/${request.params['*']}`,
			headers: { ...request.headers },
			body: request.body,
			at: Date.now(),
		});
		const record = typeof request.body === 'object' ? request.body : {};
		return reply.code(201).send({ ...record, id: randomUUID() });
	});
}
