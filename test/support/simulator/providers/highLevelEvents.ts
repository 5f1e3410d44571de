import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { Events } from '../events';
import type { HighLevelOperation } from './highLevelOperation';

/** Of how many pages of a crawl there are events; the provider sends one for each. */
const PAGES_TOLD = 2;

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

/** The key that stands in for HighLevel's own, as the nodes take it. */
export const eventPublicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

/** Signs the body of an event as HighLevel does. */
export function signEvent(body: string): string {
	return sign(null, Buffer.from(body), privateKey).toString('base64');
}

/** The body of the event that HighLevel sends when a page has been trained. */
export function trainedUrlEvent(event: {
	locationId: string;
	knowledgeBaseId: string;
	id: string;
	status: string;
}): string {
	return JSON.stringify({
		type: 'KnowledgeBaseTrainedUrlChange',
		assetType: 'trained_url',
		action: 'updated',
		deleted: false,
		...event,
		timestamp: new Date().toISOString(),
		webhookId: randomUUID(),
	});
}

/** Tells the addresses of an app when an operation ends: of single pages, since there is no other event. */
export function watchOperation(
	events: Events,
	urls: readonly string[],
	{ job, settings: { locationId, knowledgeBaseId } }: HighLevelOperation,
): void {
	events.whenEnded(job, ({ pages }) => {
		for (const { id, error } of pages.slice(0, PAGES_TOLD)) {
			const status = error === null ? 'trained' : 'failed';
			const body = trainedUrlEvent({ locationId, knowledgeBaseId, id, status });
			const headers = { 'x-ghl-signature': signEvent(body) };
			for (const url of urls) void events.send({ url, body, headers });
		}
	});
}
