import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { runNode, startNode, type NodeCall, type NodeRun } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { Simulator } from '../support/simulator';

/** The outputs of the wait node by name. */
export interface WaitRun extends NodeRun {
	success: INodeExecutionData[];
	failed: INodeExecutionData[];
	cancelled: INodeExecutionData[];
	stillRunning: INodeExecutionData[];
}

export interface WaitCall {
	provider?: string;
	items: IDataObject[];
	/** The node's options collection; checks every second unless it says otherwise. */
	options?: INodeParameters;
	parameters?: INodeParameters;
	settings?: Partial<INode>;
	mode?: NodeCall['mode'];
}

/** Runs the wait node on items that name Geonode jobs, or another provider's. */
export async function waitFor(simulator: Simulator, call: WaitCall): Promise<WaitRun> {
	return byName(await runNode(nodeCall(simulator, call)));
}

/** Starts the wait node and gives it back while it waits. */
export function startWaiting(
	simulator: Simulator,
	call: WaitCall,
): { finished: Promise<WaitRun>; stop: () => void } {
	const { finished, stop } = startNode(nodeCall(simulator, call));
	return { finished: finished.then(byName), stop };
}

function nodeCall(simulator: Simulator, call: WaitCall): NodeCall {
	return {
		type: 'waitUntilCrawlDone',
		items: call.items,
		credentials: simulatorCredentials(simulator),
		parameters: {
			provider: call.provider ?? 'geonode',
			...call.parameters,
			options: { responsiveness: 'fixed', intervalSeconds: 1, ...call.options },
		},
		...(call.settings && { settings: call.settings }),
		...(call.mode && { mode: call.mode }),
	};
}

function byName(run: NodeRun): WaitRun {
	const [success = [], failed = [], cancelled = [], stillRunning = []] = run.outputs;
	return { ...run, success, failed, cancelled, stillRunning };
}
