import type { IHookFunctions, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

/** The contexts of the polls that {@link isActivationPoll} was asked about. */
const polled = new WeakSet<IPollFunctions>();

/**
 * Whether this is the poll with which n8n activates a workflow because a user wants it, not because
 * n8n starts or the workflow has changed. n8n polls once at each activation, and all later polls get
 * the same context, which keeps the reason; with a scheduler in the database they get one each, with
 * another reason (core: `execution-engine/active-workflow-triggers.js`; cli:
 * `workflows/triggers/trigger-execution-context.factory.js`).
 */
export function isActivationPoll(context: IPollFunctions): boolean {
	const isFirst = !polled.has(context);
	polled.add(context);
	return isFirst && ['activate', 'create'].includes(context.getActivationMode());
}

/** n8n's own default (core: `execution-engine/node-execution-context/poll-context.js`). */
const USUAL_POLL_BUDGET_MS = 5 * 60_000;

/** How long a poll may take, in milliseconds; older versions of n8n do not say. */
export function pollBudgetMs(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
	return context.getPollBudgetMs?.() ?? USUAL_POLL_BUDGET_MS;
}

/**
 * Keeps what a poll has noted when n8n keeps poll cursors durably; otherwise it does nothing. n8n
 * does so by itself after all polls but the one at an activation, so that what ends before the next
 * one would count as ended before (core: `execution-engine/poll-trigger-executor.js`).
 */
export async function keepPollCursor(context: IPollFunctions): Promise<void> {
	await context.__commitCursor?.();
}

/**
 * Adds a failed execution with an error to n8n's list, and starts the error workflow, as n8n does
 * when a poll throws. But a poll that throws does not keep what it has noted when n8n keeps poll
 * cursors durably (core: `execution-engine/poll-trigger-executor.js`).
 */
export function reportPollError(context: IPollFunctions, error: Error): void {
	context.__emitError(error);
}

/** A field of a node's context that n8n does not declare (core: `node-execution-context.js`). */
interface WorkflowContext {
	readonly workflow?: {
		expression: { withIsolate?: (run: () => Promise<void>) => Promise<void> };
	};
}

/**
 * Whether n8n has made both contexts in one activation of a workflow, for which it has one object (cli:
 * `workflows/triggers/workflow-trigger-activator.js`, `active-workflow-manager.js`).
 */
export function areOfOneActivation(
	hook: IHookFunctions & WorkflowContext,
	poll: IPollFunctions & WorkflowContext,
): boolean {
	return hook.workflow !== undefined && hook.workflow === poll.workflow;
}

/**
 * Polls between two of n8n's own polls, and starts the workflow with what is found, as n8n does:
 * within the scope of a poll, and where n8n evaluates expressions in an isolate, with one (core:
 * `execution-engine/poll-trigger-executor.js`). Never rejects.
 * @param context that of n8n's own polls; not one of a poll that n8n's scheduler has started, which
 * is of no use afterwards
 * @param isCurrent whether n8n still polls with this context; if not, what is found is dropped
 */
export async function pollOutOfTurn(
	context: IPollFunctions & WorkflowContext,
	poll: () => Promise<INodeExecutionData[][] | null>,
	isCurrent: () => boolean,
): Promise<void> {
	const expression = context.workflow?.expression;
	const run = async () => {
		const items = await poll();
		if (items !== null && isCurrent()) context.__emit(items);
	};
	const runIsolated = async () =>
		await (expression?.withIsolate === undefined ? run() : expression.withIsolate(run));
	try {
		await (context.__runPoll === undefined ? runIsolated() : context.__runPoll(runIsolated));
	} catch (error) {
		if (isCurrent()) context.__emitError(error as Error);
	}
}
