import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v3';
import { ApiError } from '../apiError';
import type { Events } from '../events';
import { validateFastApi } from '../fastApi';
import type { SimulatedJob } from '../job';
import { parseLoopbackUrl, refusal } from '../loopback';

const MOST_WEBHOOKS = 10;

const webhookBodySchema = z.object({
	url: z.string(),
	event_type: z.enum(['extract_completed', 'batch_completed', 'crawl_completed']),
	description: z.string().nullable().default(null),
});

export interface GeonodeWebhook {
	id: string;
	url: string;
	event_type: string;
	secret: string;
}

/** The webhooks of the account: at most ten, with a secret that is shown once. */
export class GeonodeWebhooks {
	constructor(
		private readonly events: Events,
		/** Those that are registered, by their ids. */
		private readonly webhooks: Map<string, GeonodeWebhook>,
	) {}

	routes(app: FastifyInstance): void {
		app.post('/v1/webhooks', (request, reply) => {
			const body = validateFastApi(webhookBodySchema, request.body ?? {}, 'body');
			if (!parseLoopbackUrl(body.url)) throw new ApiError(422, refusal(body.url));
			if (this.webhooks.size >= MOST_WEBHOOKS) {
				throw new ApiError(409, `An account can have ${MOST_WEBHOOKS} webhooks`);
			}
			const secret = `whsec_${randomBytes(24).toString('base64')}`;
			const webhook = { ...body, id: randomUUID(), secret };
			this.webhooks.set(webhook.id, webhook);
			return reply.code(201).send(webhook);
		});

		app.get('/v1/webhooks', () => ({
			items: [...this.webhooks.values()].map((webhook) => ({ ...webhook, secret: undefined })),
			page: 1,
			page_size: 50,
			page_count: 1,
		}));

		app.delete<{ Params: { id: string } }>('/v1/webhooks/:id', (request, reply) => {
			if (!this.webhooks.delete(request.params.id)) throw new ApiError(404, 'No such webhook');
			return reply.code(204).send();
		});
	}

	/** Tells all webhooks when the crawl ends. Signed in one of the forms that the documentation allows. */
	watch(job: SimulatedJob): void {
		this.events.whenEnded(job, ({ phase }) => {
			for (const { url, event_type: event, secret } of this.webhooks.values()) {
				if (event !== 'crawl_completed') continue;
				const body = JSON.stringify({ event, job_id: job.jobId, status: phase });
				const signature = createHmac('sha256', secret).update(body).digest('hex');
				void this.events.send({ url, body, headers: { 'x-webhook-signature': signature } });
			}
		});
	}
}
