import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { connect } from '../shared/http/connection';
import { textOf } from '../shared/input';
import { answerCall, rawBodyOf } from '../shared/n8nEngine';
import { nodeParameters } from '../shared/node/parameters';
import type { Push } from '../shared/push';
import { toObject } from '../shared/tolerant';
import { readTriggerSettings, type TriggerSettings } from './fields';
import { savedKeeper } from './memory';
import { loadWebhook } from './registration';
import { isReplay } from './replays';
import { askForPoll, keyOf } from './turns';

/**
 * The webhook of the trigger: none without push, and none in the editor, where *Fetch Test Event*
 * would wait for a call instead of polling. n8n registers no webhook without a method.
 */
export const triggerWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: '={{ $parameter["push"] && $workflow.active ? "POST" : "" }}',
		responseMode: 'onReceived',
		path: 'crawl-finished',
		ndvHideUrl: '={{ !$parameter["push"] }}',
		ndvHideMethod: true,
	},
];

/** The largest body that is looked at, in bytes. */
const MAX_BYTES = 1_000_000;

/**
 * Takes a call to the webhook. It decides nothing and gives nothing: a call that is believed asks
 * for a poll. The static data of the call are only read: what n8n saves of them could be older than
 * what the polls keep.
 */
export async function receiveCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	answerCall(context, await statusFor(context));
	return { noWebhookResponse: true };
}

async function statusFor(context: IWebhookFunctions): Promise<number> {
	const rawBody = rawBodyOf(context);
	if (rawBody.length > MAX_BYTES) return 413;
	const settings = readTriggerSettings(nodeParameters(context));
	const { push } = settings;
	if (push === null || !isAuthentic(context, push, settings, rawBody)) return 401;
	const body = parse(rawBody);
	if (body === null) return 400;
	if (push.stampOf !== undefined) {
		const stamp = push.stampOf(body);
		if (stamp === null) return 400;
		if (isReplay(keyOf(context), stamp)) return 409;
	}
	if (!(await isRelevant(context, push, settings, body))) return 200;
	askForPoll(context, savedKeeper(context));
	return 202;
}

function isAuthentic(
	context: IWebhookFunctions,
	push: Push,
	{ parameter }: TriggerSettings,
	rawBody: Buffer,
): boolean {
	const headers = context.getHeaderData();
	const secret = loadWebhook(context)?.secret ?? '';
	return push.isAuthentic({ rawBody, header: (name) => textOf(headers[name]), parameter, secret });
}

function parse(rawBody: Buffer): unknown {
	try {
		return toObject(JSON.parse(rawBody.toString('utf8')));
	} catch {
		return null;
	}
}

async function isRelevant(
	context: IWebhookFunctions,
	push: Push,
	{ provider, parameter }: TriggerSettings,
	body: unknown,
): Promise<boolean> {
	if (push.isRelevant === undefined) return true;
	const { settings } = await connect(context, provider, parameter);
	return push.isRelevant(body, parameter, settings.defaults);
}
