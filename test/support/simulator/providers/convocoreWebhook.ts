import { z } from 'zod/v3';
import { parseLoopbackUrl } from '../loopback';

const WEBHOOK_EVENTS = ['page_scraped', 'job_completed', 'job_failed'] as const;
const TIMEOUT_MS = 5_000;

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
	{ url, events, secret, bearerToken, headers }: Webhook,
	event: WebhookEvent,
	body: object,
): Promise<void> {
	if (!events.includes(event)) return;
	try {
		await fetch(url, {
			method: 'POST',
			headers: {
				...headers,
				'content-type': 'application/json',
				...(secret !== undefined && { 'x-convocore-crawler-secret': secret }),
				...(bearerToken !== undefined && { authorization: `Bearer ${bearerToken}` }),
			},
			body: JSON.stringify({ event, timestamp: Date.now(), ...body }),
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
	} catch {
		// The crawl goes on whether anybody listens or not.
	}
}
