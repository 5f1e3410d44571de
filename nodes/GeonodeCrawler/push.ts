import { RequestFault, throwAsCertain } from '../shared/errors';
import { apiPath } from '../shared/http/apiPath';
import { parseBody } from '../shared/http/parseBody';
import type { Push, PushCall, PushWebhook } from '../shared/push';
import type { SendRequest } from '../shared/provider';
import { isHmac } from '../shared/signature';
import { listOf, objectOf, onlyIf, toEntries, toText } from '../shared/tolerant';

const WEBHOOKS_PATH = '/v1/webhooks';
const EVENT = 'crawl_completed';
/** An activation and a deactivation wait for these requests. */
const TIMEOUT_MS = 10_000;
/** How many webhooks an account can have. */
const MOST_WEBHOOKS = 10;

const SIGNATURE_HEADER = 'x-webhook-signature';
const SECRET_PREFIX = /^whsec_/;

/**
 * Geonode documents the header of the signature and that it is an HMAC-SHA256 over the raw body, but
 * not how it is written. So all forms count that are usual elsewhere: bare, behind `sha256=`, and as
 * `t=…,v1=…` with the time before the body. With a secret that begins with `whsec_`, other services
 * take what follows as Base64, so both readings of it are keys.
 */
function isAuthentic({ rawBody, header, secret }: PushCall): boolean {
	if (secret === '') return false;
	const parts = header(SIGNATURE_HEADER)
		.split(',')
		.map((part) => part.trim());
	const time = parts.find((part) => part.startsWith('t='))?.slice(2);
	const contents = [
		rawBody,
		...(time === undefined ? [] : [Buffer.concat([Buffer.from(`${time}.`), rawBody])]),
	];
	const keys = [secret, Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64')];
	const signatures = parts.map((part) => part.replace(/^(?:sha256|v\d)=/, ''));
	return keys.some((key) => contents.some((content) => isHmac(signatures, key, content)));
}

const toWebhook = onlyIf(
	objectOf({ id: toText, webhook_id: toText, url: toText }),
	({ id, webhook_id: webhookId }) => (id ?? webhookId) !== null,
);

const toWebhooks = objectOf({ items: toEntries }, 'items');

/** The webhooks of the account. There are so few that one slice holds them all. */
async function listWebhooks(send: SendRequest): Promise<Array<{ id: string; url: string | null }>> {
	const { body } = await send({
		method: 'GET',
		path: WEBHOOKS_PATH,
		query: { page_size: 50 },
		timeoutMs: TIMEOUT_MS,
	});
	const { items } = parseBody(toWebhooks, body, 'list of Geonode webhooks');
	return listOf(toWebhook)(items).map((item) => ({
		id: item.id ?? item.webhook_id ?? '',
		url: item.url,
	}));
}

const toCreated = objectOf({ id: toText, webhook_id: toText, secret: toText }, 'secret');

async function create(send: SendRequest, url: string, earlier: string): Promise<PushWebhook> {
	const others = await removeOurs(send, url, earlier).catch(throwAsCertain);
	const { body } = await send({
		method: 'POST',
		path: WEBHOOKS_PATH,
		timeoutMs: TIMEOUT_MS,
		body: { url, event_type: EVENT, description: 'n8n: Crawl Finished Trigger' },
	}).catch((error: unknown) => explain(error, others));
	const created = parseBody(toCreated, body, 'Geonode webhook with a secret');
	const id = created.id ?? created.webhook_id ?? (await idOf(send, url).catch(() => null));
	return { id: parseBody(toText, id, 'Geonode webhook with an ID'), secret: created.secret };
}

/** Removes the webhooks of an address, and the one with an id; gives how many there are beside them. */
async function removeOurs(send: SendRequest, url: string, earlier: string): Promise<number> {
	const webhooks = await listWebhooks(send);
	const ours = webhooks.filter((webhook) => webhook.url === url || webhook.id === earlier);
	for (const { id } of ours) await remove(send, id);
	return webhooks.length - ours.length;
}

/** The id of the webhook with an address; `null` where there is none. */
async function idOf(send: SendRequest, url: string): Promise<string | null> {
	return (await listWebhooks(send)).find((webhook) => webhook.url === url)?.id ?? null;
}

/** Why no webhook could be registered, beside so many others. */
function explain(error: unknown, others: number): never {
	const isRefused = error instanceof RequestFault && error.kind === 'permanent';
	if (!isRefused || others < MOST_WEBHOOKS) throw error;
	throw new RequestFault('permanent', 'Geonode has no room for another webhook', {
		advice: `A Geonode account can have at most ${MOST_WEBHOOKS} webhooks. Delete one that is no longer needed, or turn off 'Push' in the trigger.`,
	});
}

/** One that is gone is no fault. */
async function remove(send: SendRequest, id: string): Promise<void> {
	await send({
		method: 'DELETE',
		path: `${WEBHOOKS_PATH}${apiPath`/${id}`}`,
		timeoutMs: TIMEOUT_MS,
	}).catch((error: unknown) => {
		if (!(error instanceof RequestFault && error.kind === 'missing')) throw error;
	});
}

/** Geonode's webhooks: registered for the account, and signed with a secret that is shown once. */
export const push: Push = {
	properties: [],
	isAuthentic,
	webhooks: {
		exists: async (send, { id }, url) =>
			(await listWebhooks(send)).some((webhook) => webhook.id === id && webhook.url === url),
		create,
		remove,
		removeAll: async (send, url) => void (await removeOurs(send, url, '')),
	},
};
