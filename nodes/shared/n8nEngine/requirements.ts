import type { IExecuteFunctions, ITaskMetadata } from 'n8n-workflow';

import { AdvisedError } from '../errors';
import { isTool } from './nodeRun';
import { requireEngineData } from './parking';

/** n8n's placeholders for ids of what was never saved (cli: `constants.js`, `workflow-helpers.js`). */
const UNSAVED_WORKFLOW = '__EMPTY__';
const UNSAVED_EXECUTION = '__UNKNOWN__';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Whether this is n8n's second engine, which a workflow is set to with `engineType: "v2"`: it numbers
 * its executions with UUIDs (cli: `services/engine-v2-dispatcher.service.js`,
 * `executions/execution-id.js`). Of an error that a node throws there, n8n keeps the name, the message
 * and the stack (`@n8n/engine`: `execution/step-ready-handler.js`).
 */
export function isStepEngine(context: IExecuteFunctions): boolean {
	return UUID.test(context.getExecutionId());
}

/**
 * Makes sure that what a node keeps in its context is there when it runs again in the execution.
 * n8n's second engine gives each run of a node a context and a stack of its own, which it drops
 * afterwards (`@n8n/node-engine-compatibility`: `v1-adapters.js`).
 * @param waitMode as the editor names it
 * @throws {AdvisedError} in the second engine
 */
export function requireMemory(context: IExecuteFunctions, waitMode: string): void {
	if (!isStepEngine(context)) return;
	throw new AdvisedError(
		`${waitMode} mode does not work in n8n's engine "v2", which does not keep the state of a wait`,
		"Set 'Wait Mode' to 'In This Execution', or run the workflow in n8n's default engine.",
	);
}

/**
 * Makes sure that this n8n can park an execution on another one and find both again.
 * @throws {AdvisedError} that names the obstacle and the remedy
 */
export async function requireParking(context: IExecuteFunctions): Promise<void> {
	if (isTool(context.getNode())) {
		throw new AdvisedError(
			'Durable mode does not work as the tool of an AI agent: the agent needs the result in the same execution',
			"Set 'Wait Mode' of the tool to 'In This Execution'.",
		);
	}
	if (!(await findsParkedExecutions(context))) {
		throw new AdvisedError(
			'Durable mode needs n8n 2.41 or newer, or 2.39.8 or a later 2.39 release: older versions lose a wait when they are killed during a check',
			"Update n8n, or set 'Wait Mode' to 'In This Execution'.",
		);
	}
	requireEngineData(context);
	const workflowId = context.getWorkflow().id ?? '';
	const isSaved =
		!['', UNSAVED_WORKFLOW].includes(workflowId) &&
		!['', UNSAVED_EXECUTION].includes(context.getExecutionId());
	if (!isSaved) {
		throw new AdvisedError(
			'Durable mode needs a saved workflow: n8n cannot resume an execution of an unsaved one',
			'Save the workflow and run it again.',
		);
	}
}

/**
 * Whether the running n8n looks by itself for executions that are parked on one it has lost. If so,
 * its engine notes on which execution another one is parked; so the engine is made to park a stand-in
 * of the context, which changes nothing (core:
 * `execution-engine/node-execution-context/base-execute-context.js`, cli: `wait-tracker.js`; both
 * since 2.39.8, but not in 2.40). The exports of n8n-workflow do not tell: npm can have installed
 * another copy of it for this package.
 */
async function findsParkedExecutions(context: IExecuteFunctions): Promise<boolean> {
	let noted: ITaskMetadata = {};
	const standIn = Object.create(context, {
		additionalData: {
			value: {
				executeWorkflow: () => ({ executionId: '', data: [], waitTill: new Date() }),
			},
		},
		setMetadata: { value: (metadata: ITaskMetadata) => (noted = { ...noted, ...metadata }) },
		putExecutionToWait: { value: async () => {} },
	}) as IExecuteFunctions;
	await standIn.executeWorkflow({}, []);
	return noted.waitingChildExecutionIds !== undefined;
}
