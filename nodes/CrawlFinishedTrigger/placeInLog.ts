import type { IHookFunctions, IPollFunctions } from 'n8n-workflow';

/** What tells in n8n's log which trigger a line is about. */
export function placeInLog(context: IHookFunctions | IPollFunctions): {
	workflowId: string | undefined;
	nodeName: string;
} {
	return { workflowId: context.getWorkflow().id, nodeName: context.getNode().name };
}
