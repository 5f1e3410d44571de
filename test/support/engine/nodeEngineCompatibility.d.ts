/** What `stepEngine.ts` makes use of; `npm run test:versions` brings the package. */
declare module '@n8n/node-engine-compatibility' {
	import type {
		INodeExecutionData,
		INodeTypes,
		IWorkflowBase,
		IWorkflowExecuteAdditionalData,
		WorkflowExecuteMode,
	} from 'n8n-workflow';

	/** The items of each output or input; null where nothing came. */
	export type StepSlots = Array<INodeExecutionData[] | null>;

	export interface GraphNode {
		id: string;
		name: string;
		type: string;
	}

	export interface WorkflowGraph {
		nodes: GraphNode[];
		edges: Array<{ from: string; to: string; outputIndex: number; inputIndex: number }>;
	}

	export interface StepContext {
		executionId: string;
		stepId: string;
		workflowId: string;
		mode: 'manual' | 'production';
		iteration: number;
		callerContext: { hostMode: WorkflowExecuteMode };
	}

	export class V1WorkflowConverter {
		convert(workflow: IWorkflowBase, firedTriggerName?: string): WorkflowGraph;
	}

	export class V1StepExecutor {
		constructor(deps: {
			nodeTypes: INodeTypes;
			additionalDataFactory: () => Promise<IWorkflowExecuteAdditionalData>;
			loadStepData: () => Promise<{
				graph: WorkflowGraph;
				outputsByNode: Record<string, Record<number, StepSlots>>;
			}>;
		});

		execute(request: {
			node: GraphNode;
			inputs: StepSlots;
			context: StepContext;
		}): Promise<{ outputs: StepSlots }>;
	}
}
