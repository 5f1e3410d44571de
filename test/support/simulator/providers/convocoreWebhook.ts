import { z } from 'zod/v3';
import type { Events } from '../events';
import { parseLoopbackUrl } from '../loopback';

const WEBHOOK_EVENTS = ['page_scraped', 'job_completed', 'job_failed'] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The webhook part of a create body. The provider asks for HTTPS; loopback may do without. */
export const webhookSchema = z.object({
	url: z
		.string()
		.refine((url) => parseLoopbackUrl(url) !== null, 'The webhook url must be a loopback address'),
	events: z.array(z.enum(WEBHOOK_EVENTS)).default([...WEBHOOK_EVENTS]),
	secret: z.string().optional(),
	bearerToken: z.string().optional(),
	headers: z.record(z.string()).default({}),
});

export type Webhook = z.output<typeof webhookSchema>;

/** What a job shows of its webhook: where to, never the secrets. */
export function describeWebhook({ url, events, secret, bearerToken, headers }: Webhook) {
	return {
		url,
		events,
		hasSecret: secret !== undefined,
		hasBearerToken: bearerToken !== undefined,
		headerKeys: Object.keys(headers),
	};
}

/**
 * Posts the event if the webhook wants it. The documentation leaves the body's form and retries
 * open: here it is `{event, timestamp, ...body}`, sent once, and a receiver that fails is ignored.
 */
export async function deliverWebhook(
	events: Events,
	{ url, events: wanted, secret, bearerToken, headers }: Webhook,
	event: WebhookEvent,
	body: object,
): Promise<void> {
	if (!wanted.includes(event)) return;
	await events.send({
		url,
		headers: {
			...headers,
			...(secret !== undefined && { 'x-convocore-crawler-secret': secret }),
			...(bearerToken !== undefined && { authorization: `Bearer ${bearerToken}` }),
		},
		body: JSON.stringify({ event, timestamp: Date.now(), ...body }),
	});
}
