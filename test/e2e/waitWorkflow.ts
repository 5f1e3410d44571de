import type { IConnections, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowDefinition } from '../support/n8n/client';
import type { Stage } from './stage';

/** The outputs of the wait node, and its error output. */
export const BRANCHES = ['success', 'failed', 'cancelled', 'stillRunning', 'error'] as const;

export type Branch = (typeof BRANCHES)[number];

export const WAIT_NODE = 'Wait';
export const JOBS_NODE = 'Jobs';

export interface WaitWorkflowOptions {
	/** Of the webhook that starts the workflow with `{ jobs: [{ jobId, … }] }`. */
	path: string;
	waitMode?: 'durable' | 'inExecution';
	options?: INodeParameters;
	settings?: Partial<INode>;
	/** Whether it also tells the CRM the resume address of its execution, at `/address/of-<jobId>`. */
	tellsAddress?: boolean;
	/** Without it, the workflow waits for Geonode crawls. */
	wait?: INodeParameters;
}

/**
 * A workflow that waits for crawls and then reports each to the CRM, as `POST /crm/<branch>/<jobId>`
 * with what an expression finds out about the input item.
 */
export function waitWorkflow(stage: Stage, options: WaitWorkflowOptions): WorkflowDefinition {
	const { path, waitMode = 'durable', settings, tellsAddress = false } = options;
	const nodes = [
		node('Start', 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path }, { webhookId: path }),
		node(JOBS_NODE, 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.jobs' }),
		node(
			WAIT_NODE,
			'n8n-nodes-crawl-jobs.waitUntilCrawlDone',
			1,
			{
				provider: 'geonode',
				jobId: '={{ $json.jobId }}',
				waitMode,
				options: options.options ?? {},
				...options.wait,
			},
			{ credentials: stage.credentials, ...settings },
		),
		...BRANCHES.map((branch) =>
			node(
				branch,
				'n8n-nodes-base.httpRequest',
				4.2,
				{
					method: 'POST',
					url: `=${stage.simulator.url}/crm/${branch}/{{ $json.jobId }}`,
					sendBody: true,
					bodyParameters: {
						parameters: [
							{ name: 'linked', value: `={{ $('${JOBS_NODE}').item.json.jobId }}` },
							{ name: 'warnings', value: '={{ $json.warnings }}' },
						],
					},
				},
				{ onError: 'continueRegularOutput' },
			),
		),
	];
	if (tellsAddress) {
		const address = { name: 'address', value: '={{ $execution.resumeUrl }}' };
		const url = `=${stage.simulator.url}/crm/address/of-{{ $json.jobId }}`;
		const body = { sendBody: true, bodyParameters: { parameters: [address] } };
		nodes.push(node('Tell', 'n8n-nodes-base.httpRequest', 4.2, { method: 'POST', url, ...body }));
	}
	const hasErrorOutput = settings?.onError === 'continueErrorOutput';
	const connected = BRANCHES.filter((branch) => branch !== 'error' || hasErrorOutput);
	const connections: IConnections = {
		Start: { main: [to(JOBS_NODE)] },
		[JOBS_NODE]: {
			main: [[...(tellsAddress ? (to('Tell') ?? []) : []), ...(to(WAIT_NODE) ?? [])]],
		},
		[WAIT_NODE]: { main: connected.map(to) },
	};
	return { name: path, nodes, connections };
}

/** A node that is named after what it is for. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters,
	rest: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...rest };
}

/** A connection to the only input of a node. */
export function to(name: string): IConnections[string]['main'][number] {
	return [{ node: name, type: 'main', index: 0 }];
}
