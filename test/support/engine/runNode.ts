import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { CredentialValues } from './credentialsHelper';
import {
	runWorkflow,
	START,
	startWorkflow,
	type TestWorkflow,
	type WorkflowRun,
} from './runWorkflow';

/** A single node of the package and what it works on. */
export interface NodeCall {
	/** The node's internal name. */
	type: string;
	parameters: INode['parameters'];
	credentials: CredentialValues;
	items?: IDataObject[];
	/** n8n's settings of the node, such as `onError`. */
	settings?: Partial<INode>;
	mode?: TestWorkflow['mode'];
}

export type NodeRun = Pick<WorkflowRun, 'error' | 'messages'> & {
	outputs: INodeExecutionData[][];
	/** The JSON of the items on the first output. */
	json: IDataObject[];
	hints: string[];
};

const NODE = 'Node';

/** Runs one node between a start and nothing, in n8n's own engine. */
export async function runNode(call: NodeCall): Promise<NodeRun> {
	return describe(await runWorkflow(workflowAround(call)));
}

/** Starts one node and gives it back while it runs. */
export function startNode(call: NodeCall): { finished: Promise<NodeRun>; stop: () => void } {
	const { finished, stop } = startWorkflow(workflowAround(call));
	return { finished: finished.then(describe), stop };
}

function workflowAround(call: NodeCall): TestWorkflow {
	return {
		nodes: [
			{
				name: NODE,
				type: `n8n-nodes-crawl-jobs.${call.type}`,
				parameters: call.parameters,
				...call.settings,
			},
		],
		connections: { [START]: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		items: call.items ?? [{}],
		credentials: call.credentials,
		...(call.mode && { mode: call.mode }),
	};
}

function describe(run: WorkflowRun): NodeRun {
	const outputs = run.outputsOf(NODE);
	return {
		outputs,
		json: (outputs[0] ?? []).map((item) => item.json),
		error: run.error,
		messages: run.messages,
		hints: run.hintsOf(NODE).map((hint) => hint.message),
	};
}
