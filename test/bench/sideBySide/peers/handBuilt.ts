import type { INodeParameters } from 'n8n-workflow';

import type { TestNode } from '../../../support/engine/runWorkflow';
import type { StandInApi } from '../api';
import type { InstalledPeers } from '../installed';
import type { NodeSource, Peer } from '../peer';
import { itemsOf } from '../runData';

const ASK = 'HTTP Request';
const IS_DONE = 'If';
const PAUSE = 'Wait';
const PAUSE_S = 5;
const JOB = /^\/jobs\/(\d+)$/;

/** As plain as an API can be. */
const api: StandInApi = {
	read({ path }) {
		const [, jobId] = JOB.exec(path) ?? [];
		return jobId === undefined ? null : { kind: 'status', jobId };
	},
	started: (id) => ({ id, status: 'running' }),
	status: ({ id, isDone }) => ({ id, status: isDone ? 'completed' : 'running' }),
};

const CONDITION: INodeParameters = {
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		combinator: 'and',
		conditions: [
			{
				id: 'status',
				leftValue: '={{ $json.status }}',
				rightValue: 'completed',
				operator: { type: 'string', operation: 'equals' },
			},
		],
	},
	options: {},
};

/** The loop that people build by hand. */
export function handBuilt({ n8nNodes: packageFolder }: InstalledPeers): Peer {
	const source = (name: string): NodeSource => ({
		packageFolder,
		file: `dist/nodes/${name}/${name}.node.js`,
	});
	const nodes = (baseUrl: string): TestNode[] => [
		{
			name: ASK,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: { url: `=${baseUrl}/jobs/{{ $json.id }}`, options: {} },
		},
		{ name: IS_DONE, type: 'n8n-nodes-base.if', typeVersion: 2.3, parameters: CONDITION },
		{
			name: PAUSE,
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { resume: 'timeInterval', amount: PAUSE_S, unit: 'seconds' },
		},
	];
	const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
	return {
		id: 'handBuilt',
		name: 'HTTP Request + If + Wait',
		what: `The loop that people build by hand: HTTP Request, If, Wait ${PAUSE_S} s`,
		api,
		nodes: [
			{ type: 'n8n-nodes-base.httpRequest', source: source('HttpRequest') },
			{ type: 'n8n-nodes-base.if', source: source('If') },
			{ type: 'n8n-nodes-base.wait', source: source('Wait') },
		],
		credentialTypes: [],
		longestMs: Infinity,
		waitFor: (baseUrl, jobIds) => ({
			nodes: nodes(baseUrl),
			connections: {
				Start: { main: [[to(ASK)]] },
				[ASK]: { main: [[to(IS_DONE)]] },
				[IS_DONE]: { main: [[], [to(PAUSE)]] },
				[PAUSE]: { main: [[to(ASK)]] },
			},
			items: jobIds.map((id) => ({ id })),
			credentials: {},
		}),
		countEnds: (run) => itemsOf(run, IS_DONE).filter(({ status }) => status === 'completed').length,
	};
}
