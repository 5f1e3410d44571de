import {
	V1StepExecutor,
	V1WorkflowConverter,
	type GraphNode,
	type StepSlots,
	type WorkflowGraph,
} from '@n8n/node-engine-compatibility';
import { Expression, type INodeExecutionData } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { nodeTypes } from './nodeTypes';
import {
	createAdditionalData,
	createWorkflow,
	savedNodes,
	START,
	type TestWorkflow,
} from './runWorkflow';

export interface StepRun {
	/** The outputs of a node; none of one that has not run. */
	outputsOf(nodeName: string): INodeExecutionData[][];
	/** All that n8n keeps of an error: neither its description nor its item. */
	error: string | undefined;
}

/** n8n's second engine evaluates expressions in an interpreter of their own; this one runs on any Node. */
export async function startExpressions(): Promise<void> {
	await Expression.initExpressionEngine({
		engine: 'quickjs',
		bridgeTimeout: 5_000,
		bridgeMemoryLimit: 128,
		poolSize: 1,
		maxCodeCacheSize: 1_024,
	});
}

/**
 * Runs a workflow in n8n's second engine, `engineType: "v2"`: n8n's own converter makes a graph of it,
 * and n8n's own adapter runs each node. What stands between the two in n8n, a queue and a database,
 * is done here as n8n does it (`@n8n/engine`: `execution/step-ready-handler.js`).
 * @throws what n8n says when it does not take the workflow
 */
export async function runSteps(definition: TestWorkflow): Promise<StepRun> {
	const graph = new V1WorkflowConverter().convert(
		{
			...{ id: 'test-workflow', name: 'Test', active: false, isArchived: false },
			...{ activeVersionId: null, createdAt: new Date(), updatedAt: new Date() },
			nodes: savedNodes(definition),
			connections: definition.connections,
		},
		START,
	);
	const outputs = new Map<string, StepSlots>();
	const error = await runAll(graph, outputs, definition);
	return {
		outputsOf: (name) => {
			const node = graph.nodes.find((candidate) => candidate.name === name);
			return (outputs.get(node?.id ?? '') ?? []).map((slot) => slot ?? []);
		},
		error,
	};
}

/** @returns the message of the first error, which ends the execution */
async function runAll(
	graph: WorkflowGraph,
	outputs: Map<string, StepSlots>,
	definition: TestWorkflow,
): Promise<string | undefined> {
	const mode = definition.mode ?? 'trigger';
	const executionId = randomUUID();
	const executor = new V1StepExecutor({
		nodeTypes,
		additionalDataFactory: async () => {
			const known = { ...definition, executionId };
			const data = createAdditionalData(known, createWorkflow(known), mode, []);
			delete data.hooks;
			delete data.sendDataToUI;
			return data;
		},
		loadStepData: async () => ({
			graph,
			outputsByNode: Object.fromEntries([...outputs].map(([id, slots]) => [id, { 0: slots }])),
		}),
	});
	const context = {
		executionId,
		stepId: randomUUID(),
		workflowId: 'test-workflow',
		mode: mode === 'manual' ? ('manual' as const) : ('production' as const),
		iteration: 0,
		callerContext: { hostMode: mode },
	};
	const trigger = graph.nodes.find(({ type }) => type === 'trigger');
	outputs.set(trigger?.id ?? '', [definition.items.map((json) => ({ json }))]);
	try {
		for (let node = nextNode(graph, outputs); node !== undefined; node = nextNode(graph, outputs)) {
			const inputs = inputsOf(graph, outputs, node);
			const isReached = inputs.some((slot) => slot !== null);
			const result = isReached
				? await executor.execute({ node, inputs, context })
				: { outputs: [] };
			outputs.set(node.id, result.outputs);
		}
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	return undefined;
}

/** A node that has not run, behind such as have. */
function nextNode(graph: WorkflowGraph, outputs: Map<string, StepSlots>): GraphNode | undefined {
	return graph.nodes.find(
		({ id }) =>
			!outputs.has(id) && graph.edges.every(({ from, to }) => to !== id || outputs.has(from)),
	);
}

function inputsOf(
	{ edges }: WorkflowGraph,
	outputs: Map<string, StepSlots>,
	{ id }: GraphNode,
): StepSlots {
	const inputs: StepSlots = [];
	for (const { from, outputIndex, inputIndex } of edges.filter(({ to }) => to === id)) {
		while (inputs.length <= inputIndex) inputs.push(null);
		inputs[inputIndex] = outputs.get(from)?.[outputIndex] ?? null;
	}
	return inputs;
}
