import { randomUUID } from 'node:crypto';
import type {
	IHookFunctions,
	INodeExecutionData,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { areOfOneActivation, pollOutOfTurn } from '../shared/n8nEngine';
import { nodeParameters } from '../shared/node/parameters';
import { systemClock } from '../shared/node/systemClock';

/*
 * Whose turn it is to poll. n8n does not wait for a poll before the next, and a call to the webhook
 * asks for one in between, which is made with the context of n8n's own polls: its memory is the only
 * one that is up to date, since n8n reads and saves the static data of a webhook's call apart.
 */

type Poll = (context: IPollFunctions) => Promise<INodeExecutionData[][] | null>;

/** The polls that n8n makes with one context. */
interface Turns {
	readonly context: IPollFunctions;
	readonly poll: Poll;
	/** Stands with all that these polls save. */
	readonly keeper: string;
	readonly hasPush: boolean;
	/** Never rejects. */
	underWay: Promise<unknown> | null;
	/** Whether n8n has deactivated the trigger, or polls with another context. */
	isOver: boolean;
	/** Whether a call has asked for a poll that has not begun. */
	isAsked: boolean;
	/** Whether polls for calls are being made. */
	isAnswering: boolean;
	/** When the next poll for a call may begin, in milliseconds since the epoch. */
	notBefore: number;
}

/** From the beginning of one poll for a call to that of the next. */
const PAUSE_MS = 5_000;
/** Of how many triggers the turns are kept; a call for another one is left to its next poll. */
const MAX_ACTIVE = 1_000;

const byContext = new WeakMap<IPollFunctions, Turns>();
/**
 * The latest turns of each trigger in this process that has push on, by workflow and node, as long as
 * n8n keeps the context.
 */
const latest = new Map<string, WeakRef<Turns>>();

/** Makes one of n8n's own polls; gives `null` while another one is under way. */
export async function takeTurn(
	context: IPollFunctions,
	poll: Poll,
): Promise<INodeExecutionData[][] | null> {
	const turns = byContext.get(context) ?? begin(context, poll);
	if (turns.hasPush) enter(turns);
	return await pollNow(turns);
}

function begin(context: IPollFunctions, poll: Poll): Turns {
	const turns: Turns = {
		context,
		poll,
		hasPush: nodeParameters(context)('push', false) === true,
		keeper: randomUUID(),
		underWay: null,
		isOver: false,
		isAsked: false,
		isAnswering: false,
		notBefore: 0,
	};
	byContext.set(context, turns);
	return turns;
}

/** Makes them the latest of their trigger. */
function enter(turns: Turns): void {
	const key = keyOf(turns.context);
	const earlier = latest.get(key)?.deref();
	turns.isOver = false;
	if (earlier === turns) return;
	if (earlier !== undefined) earlier.isOver = true;
	latest.delete(key);
	latest.set(key, new WeakRef(turns));
	const [oldest] = latest.keys();
	if (latest.size > MAX_ACTIVE && oldest !== undefined) latest.delete(oldest);
}

async function pollNow(turns: Turns): Promise<INodeExecutionData[][] | null> {
	if (turns.underWay !== null) return null;
	const turn = turns.poll(turns.context);
	turns.underWay = turn.catch(() => {});
	try {
		return await turn;
	} finally {
		turns.underWay = null;
	}
}

/** Tells what the polls with this context save from what others save; `null` where push is off. */
export function keeperOf(context: IPollFunctions): string | null {
	const turns = byContext.get(context);
	return turns?.hasPush === true ? turns.keeper : null;
}

/**
 * Polls soon, if n8n makes the polls of this trigger here and these have saved last. In queue mode,
 * another process can make them; with a scheduler in the database, each is made with a context and
 * a memory of its own. Then the next poll finds what the call is about.
 * @param keeper whose polls have saved last
 */
export function askForPoll(context: IWebhookFunctions, keeper: string | null): void {
	const turns = latest.get(keyOf(context))?.deref();
	if (turns === undefined || turns.isOver || turns.keeper !== keeper) return;
	turns.isAsked = true;
	if (!turns.isAnswering) void answer(turns);
}

/** One poll after another while calls ask for them, however many. */
async function answer(turns: Turns): Promise<void> {
	const isCurrent = () => !turns.isOver;
	turns.isAnswering = true;
	while (turns.isAsked && isCurrent()) {
		// No longer than that where the clock has been set back.
		await systemClock.sleep(Math.min(PAUSE_MS, turns.notBefore - systemClock.now()));
		// A poll that has begun before the call may not see its crawl.
		await turns.underWay;
		turns.isAsked = false;
		turns.notBefore = systemClock.now() + PAUSE_MS;
		if (isCurrent()) {
			await pollOutOfTurn(turns.context, async () => await pollNow(turns), isCurrent);
		}
	}
	turns.isAnswering = false;
}

/** Ends the polls for calls, when n8n deactivates the trigger. */
export function endTurns(context: IHookFunctions): void {
	const turns = latest.get(keyOf(context))?.deref();
	if (turns !== undefined) turns.isOver = true;
}

/**
 * Makes polls for calls again, if n8n has gone on with the polls. When a webhook could not be
 * registered, n8n removes it, which looks like a deactivation, and tries again (cli:
 * `workflows/triggers/workflow-trigger-activator.js`).
 */
export function resumeTurns(context: IHookFunctions): void {
	const turns = latest.get(keyOf(context))?.deref();
	if (turns !== undefined && areOfOneActivation(context, turns.context)) turns.isOver = false;
}

/** Names a trigger. */
export function keyOf(context: IHookFunctions | IPollFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
