import { createHash } from 'node:crypto';

import type { IDataObject, INode, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Connection } from '../shared/http/connection';
import { fieldOf, toText } from '../shared/tolerant';
import type { TriggerSettings } from './fields';
import { keeperOf } from './turns';
import { restoreSeen, type Seen } from './seen';

/*
 * What the trigger keeps from poll to poll, in the workflow's static data. n8n saves that at the
 * activation and whenever a poll has given items, and with N8N_POLLER_DURABLE_CURSORS_ENABLED after
 * every poll. After a crash the trigger can find what was saved last, so that whatever has to
 * survive a crash has to be known by the latest event.
 */

/** How the polls fail for the moment. */
export type FaultNote = 'passing' | 'permanent' | null;

export interface Memory {
	/** Where the trigger looks, as a fingerprint. */
	place: string;
	seen: Seen;
	/** The fault that the user was told of; `null` while polls succeed. */
	fault: FaultNote;
	/** How often the trigger has started the workflow. */
	starts: number;
}

const KEY = 'crawls';

/** What earlier polls have kept; `null` before the first, and where that cannot be read. */
export function loadMemory(context: IPollFunctions): Memory | null {
	const saved = context.getWorkflowStaticData('node')[KEY] as Partial<Memory> | undefined;
	const seen = restoreSeen(saved?.seen);
	if (seen === null || typeof saved?.place !== 'string') return null;
	return { place: saved.place, seen, fault: saved.fault ?? null, starts: saved.starts ?? 0 };
}

/** Replaces all of it, which is how n8n notices. */
export function saveMemory(context: IPollFunctions, memory: Memory): void {
	const keeper = keeperOf(context);
	context.getWorkflowStaticData('node')[KEY] = { ...memory, ...(keeper !== null && { keeper }) };
}

/** Whose polls have kept what n8n has saved last; `null` where that is not known. */
export function savedKeeper(context: IWebhookFunctions): string | null {
	return toText(fieldOf(context.getWorkflowStaticData('node')[KEY], 'keeper'));
}

/**
 * What tells the crawls that a trigger looks at from those of any other: the account, where in it,
 * and what gives their status words a meaning. A change of these starts anew, where it would
 * otherwise take all crawls of another place for new ones.
 */
export function placeOf(
	node: INode,
	{ provider, parameter }: TriggerSettings,
	{ baseUrl, defaults }: Connection['settings'],
): string {
	const options = parameter('options', {}) as IDataObject;
	const place = [
		provider.id,
		baseUrl,
		node.credentials?.[provider.credentialType(parameter)]?.id,
		defaults,
		provider.listProperties.map(({ name }) => parameter(name)),
		(provider.waitOptions ?? []).map(({ name }) => options[name]),
	];
	return createHash('sha256').update(JSON.stringify(place)).digest('base64url').slice(0, 16);
}
