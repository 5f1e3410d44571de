import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { AdvisedError, RequestFault } from '../shared/errors';
import { connect } from '../shared/http/connection';
import { toNodeError } from '../shared/node/nodeError';
import { nodeParameters } from '../shared/node/parameters';
import type { SendRequest } from '../shared/provider';
import type { PushWebhook, PushWebhooks } from '../shared/push';
import { objectOf, toText } from '../shared/tolerant';
import { readTriggerSettings } from './fields';
import { placeInLog } from './placeInLog';
import { endTurns, resumeTurns } from './turns';

/*
 * The trigger's webhook at the provider, where the provider registers addresses by its API. n8n
 * calls these hooks at each activation, also when it starts, beside the first poll and with the same
 * static data, which it saves at the end of the activation.
 */

const KEY = 'webhook';
const toWebhook = objectOf({ id: toText, secret: toText }, 'id', 'secret');

/** The webhook that was registered last; `null` where none was. */
export function loadWebhook(context: IHookFunctions | IWebhookFunctions): PushWebhook | null {
	return toWebhook(context.getWorkflowStaticData('node')[KEY]);
}

/** Whether nothing is left to be registered. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const webhook = loadWebhook(context);
	return await attempt(context, true, async ({ send, webhooks }) => {
		const isThere =
			webhooks === undefined ||
			(webhook !== null && (await webhooks.exists(send, webhook, urlOf(context))));
		if (isThere) resumeTurns(context);
		return isThere;
	});
}

/** Registers the webhook. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await attempt(context, false, async ({ send, webhooks }) => {
		const url = urlOf(context);
		const earlier = loadWebhook(context)?.id ?? '';
		const webhook = await webhooks?.create(send, url, earlier).catch(async (error: unknown) => {
			// One of which nothing is known would keep a place of the few that an account has.
			if (error instanceof RequestFault && error.isUncertain) {
				await webhooks.removeAll(send, url).catch(() => {});
			}
			throw error;
		});
		if (webhook) context.getWorkflowStaticData('node')[KEY] = { ...webhook } as IDataObject;
		resumeTurns(context);
		return true;
	});
}

/**
 * Removes the webhook, when n8n deactivates the trigger. What is kept of it stays: n8n would save it
 * together with a memory that may be older than that of a poll under way, and the next activation
 * finds out what has become of it.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	endTurns(context);
	const webhook = loadWebhook(context);
	if (webhook === null) return true;
	let secrets = [webhook.secret];
	try {
		const { provider, parameter } = readTriggerSettings(nodeParameters(context));
		const webhooks = provider.push?.webhooks;
		if (webhooks === undefined) return true;
		const { send, settings } = await connect(context, provider, parameter);
		secrets = [...secrets, ...settings.secrets];
		await webhooks.remove(send, webhook.id);
	} catch (error) {
		warn(context, error, secrets, 'The webhook could not be removed', IF_LEFT);
	}
	return true;
}

const IF_LEFT = "Activate the workflow again with 'Push', or delete the webhook at the provider.";

/**
 * Does something about the webhook. What fails is shown to whoever activates the workflow. When n8n
 * starts it is written to the log, and also when a workflow that is active has changed and the fault
 * passes: without its webhook the trigger still polls.
 * @param otherwise what to give then
 */
async function attempt(
	context: IHookFunctions,
	otherwise: boolean,
	action: (call: { send: SendRequest; webhooks: PushWebhooks | undefined }) => Promise<boolean>,
): Promise<boolean> {
	let secrets: string[] = [];
	try {
		const { provider, parameter, push } = readTriggerSettings(nodeParameters(context));
		push?.requireSettings?.(parameter);
		const { send, settings } = await connect(context, provider, parameter);
		secrets = settings.secrets;
		return await action({ send, webhooks: push?.webhooks });
	} catch (error) {
		if (isForUser(context, error)) throw toNodeError(context.getNode(), error, undefined, secrets);
		warn(context, error, secrets, 'Push does not work', 'The trigger polls all the same.');
		return otherwise;
	}
}

function isForUser(context: IHookFunctions, error: unknown): boolean {
	const isPassing = error instanceof RequestFault && error.kind === 'passing';
	switch (context.getActivationMode()) {
		case 'init':
		case 'leadershipChange':
			return false;
		case 'update':
			return !isPassing;
		default:
			return true;
	}
}

function warn(
	context: IHookFunctions,
	error: unknown,
	secrets: readonly string[],
	what: string,
	then: string,
): void {
	const { message, description } = toNodeError(context.getNode(), error, undefined, secrets);
	const advice = description ? ` ${description}` : '';
	context.logger.warn(`${what}: ${message}.${advice} ${then}`, placeInLog(context));
}

/** @throws {AdvisedError} when n8n does not know its own address */
function urlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url !== undefined) return url;
	throw new AdvisedError(
		'n8n did not say which address the webhook has',
		"Set WEBHOOK_URL for n8n to the address at which it can be reached, or turn off 'Push'.",
	);
}
