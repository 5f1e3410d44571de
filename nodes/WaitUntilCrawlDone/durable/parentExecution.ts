import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IRunExecutionData,
} from 'n8n-workflow';

import { savedContext, type ParentExecution } from './plan';

const INPUT_KEY = 'inputFields';

/** Keeps the fields of the input items in the user's own execution, where they are anyway. */
export function keepInput(context: IExecuteFunctions): void {
	context.getContext('node')[INPUT_KEY] = context.getInputData().map(({ json }) => json);
}

/** The fields that {@link keepInput} kept, by the index of the item. */
export function keptInput(
	data: IRunExecutionData | undefined,
	{ nodeName }: ParentExecution,
): IDataObject[] {
	return (savedContext(data, nodeName)[INPUT_KEY] ?? []) as IDataObject[];
}

/**
 * Whether the user's execution still waits. When it is stopped, n8n writes an error into its data;
 * when it goes on or ends, it no longer waits.
 */
export function isParked(data: IRunExecutionData | undefined): boolean {
	return data?.waitTill !== undefined && data.resultData.error === undefined;
}

/**
 * Prepares what n8n does when it resumes this node: it puts the sub-execution's outputs in the
 * place of the node's input and forwards them, without running the node again.
 * @param fallback what goes out if the sub-execution is lost; the input would go to Success
 */
export function parkParent(context: IExecuteFunctions, fallback: INodeExecutionData[][]): void {
	const executeData = context.getExecuteData();
	executeData.node = {
		...executeData.node,
		// An empty item, or n8n's own handling of an error, would start the Success branch.
		alwaysOutputData: false,
		continueOnFail: false,
		onError: 'stopWorkflow',
	};
	context.setMetadata({ forwardAllOutputs: true });

	// n8n links each item that goes out to the item of the same index that came in. That is right
	// for a single item, on every output. With more it would be wrong without a word, so linking is
	// made to fail instead: without a source, n8n says that it cannot trace the item back.
	const isSingle = context.getInputData().length === 1;
	const source = isSingle ? (executeData.source?.main?.[0] ?? null) : null;
	executeData.source = { main: fallback.map(() => source) };
	executeData.data = { main: fallback };
}
