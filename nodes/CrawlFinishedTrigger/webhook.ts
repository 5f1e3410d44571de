import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { connect } from '../shared/http/connection';
import { textOf } from '../shared/input';
import { answerCall, rawBodyOf } from '../shared/n8nEngine';
import { nodeParameters } from '../shared/node/parameters';
import type { Push } from '../shared/push';
import { toObject } from '../shared/tolerant';
import { readTriggerSettings, type TriggerSettings } from './fields';
import { savedKeeper } from './memory';
import { loadWebhook } from './registration';
import { isFresh, isRepeated } from './replays';
import { askForPoll, keyOf } from './turns';

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
	const believed = believe(context, rawBody);
	if (believed === null) return 401;
	const { push } = believed;
	const body = parse(rawBody);
	if (body === null) return 400;
	if (push.stampOf !== undefined) {
		const stamp = push.stampOf(body);
		if (stamp === null) return 400;
		if (!isFresh(stamp)) return 409;
		// With anything but a success, it could be sent again and again.
		if (isRepeated(keyOf(context), stamp)) return 200;
	}
	if (!(await isRelevant(context, believed, body))) return 200;
	askForPoll(context, savedKeeper(context));
	return 202;
}

interface Believed {
	settings: TriggerSettings;
	push: Push;
}

/** With which settings the call is authentic; `null` where it is not, or where they cannot be read. */
function believe(context: IWebhookFunctions, rawBody: Buffer): Believed | null {
	try {
		const settings = readTriggerSettings(nodeParameters(context));
		const { push, parameter } = settings;
		const headers = context.getHeaderData();
		const header = (name: string) => textOf(headers[name]);
		const secret = loadWebhook(context)?.secret ?? '';
		const isAuthentic = push?.isAuthentic({ rawBody, header, parameter, secret }) === true;
		return push !== null && isAuthentic ? { settings, push } : null;
	} catch {
		// An error would become a failed execution for every call.
		return null;
	}
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
	{ push, settings: { provider, parameter } }: Believed,
	body: unknown,
): Promise<boolean> {
	if (push.isRelevant === undefined) return true;
	try {
		const { settings } = await connect(context, provider, parameter);
		return push.isRelevant(body, parameter, settings.defaults);
	} catch {
		// The poll tells what is wrong, once.
		return true;
	}
}
