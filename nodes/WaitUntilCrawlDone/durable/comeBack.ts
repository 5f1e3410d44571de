import type {
	IExecuteData,
	IExecuteFunctions,
	INodeExecutionData,
	IRunData,
	IRunExecutionData,
} from 'n8n-workflow';

import { AdvisedError } from '../../shared/advisedError';

/** What n8n's engine keeps in a node's context without declaring it. */
interface EngineContext {
	readonly runExecutionData?: IRunExecutionData | null;
}

/**
 * Makes sure that {@link comeBack} works in this n8n.
 * @throws {AdvisedError} where it does not
 */
export function requireComeBack(context: IExecuteFunctions): void {
	engineData(context);
}

/**
 * Lets n8n run this node once more, with the same input, when it resumes the execution that is
 * about to park. By itself n8n passes over a parked node and sends its input, or the outputs of the
 * sub-execution it was parked on, out on its outputs. So that is emptied here, and a second entry for
 * the node is put behind it. What the node has to remember belongs into its context.
 * @returns what the node has to let out meanwhile: nothing
 */
export function comeBack(context: IExecuteFunctions): INodeExecutionData[][] {
	const { stack, runData } = engineData(context);
	const parked = context.getExecuteData();
	const { node, data, source } = parked;
	// The second run takes the place of the passed-over one in what n8n shows and keeps.
	const runIndex = parked.runIndex ?? runData[node.name]?.length ?? 0;
	stack.unshift({ node, data, source, runIndex });

	const nothing: INodeExecutionData[][] = [[]];
	parked.data = { main: nothing };
	parked.node = {
		...node,
		alwaysOutputData: false,
		continueOnFail: false,
		// An error of the sub-execution would stop this one, or start the first branch. On an error
		// output that is not there it is lost, and the node sees for itself what has happened.
		onError: node.onError === 'continueErrorOutput' ? 'stopWorkflow' : 'continueErrorOutput',
	};
	return nothing;
}

function engineData({ runExecutionData }: IExecuteFunctions & EngineContext): {
	stack: IExecuteData[];
	runData: IRunData;
} {
	const stack = runExecutionData?.executionData?.nodeExecutionStack;
	const runData = runExecutionData?.resultData.runData;
	if (stack !== undefined && runData !== undefined) return { stack, runData };
	throw new AdvisedError(
		'The wait mode Durable does not know how this version of n8n keeps its executions',
		'Choose the wait mode In This Execution or Check Once, or update the package n8n-nodes-crawl-jobs.',
	);
}
