import { createHmac, randomUUID } from 'node:crypto';

import type { TriggerCall } from '../support/engine/activeTrigger';
import type { Simulator } from '../support/simulator';
import {
	eventPublicKey,
	signEvent,
	trainedUrlEvent,
} from '../support/simulator/providers/highLevelEvents';

export const SECRET = 'secret-of-this-test';

/** What the trigger needs to believe the calls of {@link authenticCall}. */
export const PUSH = { push: true, pushSecret: SECRET, pushPublicKey: eventPublicKey };

export const PUSHING = ['convocore', 'geonode', 'highLevel'] as const;

export type PushingProvider = (typeof PUSHING)[number];

/** The call with which a provider says that a crawl of those that the trigger looks at has ended. */
export function authenticCall(simulator: Simulator, provider: PushingProvider): TriggerCall {
	switch (provider) {
		case 'convocore':
			return {
				headers: { 'x-convocore-crawler-secret': SECRET },
				body: JSON.stringify({ event: 'job_completed' }),
			};
		case 'geonode': {
			const body = JSON.stringify({ event: 'crawl_completed' });
			return { headers: { 'x-webhook-signature': signatureOf(simulator, body) }, body };
		}
		case 'highLevel':
			return signedEvent(trainedUrlEvent({ ...simulator.ids.highLevel, ...PAGE }));
	}
}

const PAGE = { id: randomUUID(), status: 'trained' };

/** An event of HighLevel about another place, or one of another time. */
export function highLevelEvent(simulator: Simulator, change: object): TriggerCall {
	const event = trainedUrlEvent({ ...simulator.ids.highLevel, ...PAGE });
	return signedEvent(JSON.stringify({ ...(JSON.parse(event) as object), ...change }));
}

function signedEvent(body: string): TriggerCall {
	return { headers: { 'x-ghl-signature': signEvent(body) }, body };
}

function signatureOf({ geonodeWebhooks }: Simulator, body: string): string {
	return createHmac('sha256', geonodeSecret({ geonodeWebhooks })).update(body).digest('hex');
}

/** The secret of the one webhook that is registered. */
export function geonodeSecret({ geonodeWebhooks }: Pick<Simulator, 'geonodeWebhooks'>): string {
	const [webhook] = geonodeWebhooks.values();
	if (webhook === undefined) throw new Error('No webhook is registered');
	return webhook.secret;
}

/** Waits until something is so, for up to ten seconds. */
export async function until(isSo: () => boolean): Promise<void> {
	const giveUpAt = performance.now() + 10_000;
	while (!isSo()) {
		if (performance.now() > giveUpAt) throw new Error('Waited in vain');
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
