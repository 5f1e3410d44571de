import type {
	IRunExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/*
 * What happens when somebody calls the address `$execution.resumeUrl` of an execution that is parked
 * in a node: n8n asks the node (`webhook()`), and resumes the execution only if the node gives items
 * (cli: `webhooks/waiting-webhooks.js`, `webhooks/webhook-helpers.js`). It does so as well when the node
 * throws, and then the execution ends with the error: `webhook()` must not throw.
 */

/** Makes n8n ask the node, while it is parked, about calls of the address. */
export const RESUME_WEBHOOKS: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '',
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
	},
];

/** Fields of a webhook's context that n8n does not declare. */
interface WakingContext {
	readonly runExecutionData?: IRunExecutionData | null;
	readonly additionalData?: {
		getRunExecutionData?: (executionId: string) => Promise<IRunExecutionData | undefined>;
		webhookWaitingBaseUrl?: string;
	};
}

/** The data of the parked execution whose address is called, as they will be when it is resumed. */
export function parkedData(
	context: IWebhookFunctions & WakingContext,
): IRunExecutionData | undefined {
	return context.runExecutionData ?? undefined;
}

/** The saved data of another execution; `undefined` when n8n no longer has it. */
export async function readFromWebhook(
	{ additionalData }: IWebhookFunctions & WakingContext,
	executionId: string,
): Promise<IRunExecutionData | undefined> {
	return await additionalData?.getRunExecutionData?.(executionId);
}

/**
 * What `webhook()` returns to resume its execution as n8n does when the time has come for which it has
 * parked. Before it asks, n8n has removed from the data that the execution was parked, and what the
 * node had given. It saves them like that when it resumes the execution, and one that is killed then
 * has no data of its last node: n8n leaves those parked for good that are parked on it (cli:
 * `workflow-helpers.js`, `wait-tracker.js`). So both are put back, for the engine to remove.
 * @param data that n8n goes on with
 * @param saved the data of the same execution in the database
 */
export function resumeOnTime(
	data: IRunExecutionData,
	{ waitTill, resultData }: IRunExecutionData,
): IWebhookResponseData {
	if (waitTill !== undefined) data.waitTill = waitTill;
	data.resultData.runData = resultData.runData;
	return { workflowData: [] };
}

/** What `webhook()` returns to leave its execution as it is. */
export function leftParked(message: string): IWebhookResponseData {
	return { webhookResponse: { message } };
}

/** For n8n's answer to itself. */
const CALL_TIMEOUT_MS = 5_000;

/**
 * Calls the address of another execution of this n8n.
 * @param data of that execution; n8n only takes calls that hold its token (core: `constants.js`)
 * @returns what its `webhook()` answers; something else if that has resumed it
 * @throws when n8n does not take the call, or cannot be reached at its own address
 */
export async function callParked(
	{ additionalData, helpers }: IWebhookFunctions & WakingContext,
	executionId: string,
	{ resumeToken }: IRunExecutionData,
): Promise<unknown> {
	return await helpers.httpRequest({
		method: 'POST',
		url: `${additionalData?.webhookWaitingBaseUrl}/${executionId}`,
		qs: { signature: resumeToken },
		json: true,
		timeout: CALL_TIMEOUT_MS,
		disableFollowRedirect: true,
	});
}
