import { join } from 'node:path';

import type { StandInApi } from '../api';
import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { itemsOf } from '../runData';

const NODE = 'Firecrawl';
const TYPE = '@mendable/n8n-nodes-firecrawl.firecrawl';
/** The field's own maximum. */
const LONGEST_S = 600;
const AGENT = /^\/agent\/(\d+)$/;

/** API v2: start an agent, and get its status (https://docs.firecrawl.dev/api-reference). */
const api: StandInApi = {
	read({ method, path }) {
		if (method === 'POST' && path === '/agent') return { kind: 'start' };
		const [, jobId] = AGENT.exec(path) ?? [];
		return jobId === undefined ? null : { kind: 'status', jobId };
	},
	started: (jobId) => ({ success: true, id: jobId }),
	status: ({ isDone }) => ({
		success: true,
		status: isDone ? 'completed' : 'processing',
		...(isDone && { data: { pages: 12 }, creditsUsed: 10 }),
		expiresAt: '2030-01-01T00:00:00.000Z',
	}),
};

/** Firecrawl's node: Agent, which is its only operation that waits. */
export function firecrawl({ others }: InstalledPeers): Peer {
	const packageFolder = join(others, '@mendable', 'n8n-nodes-firecrawl');
	return {
		id: 'firecrawl',
		name: 'Firecrawl',
		what: "Firecrawl's node, _Agent_, its only operation that waits",
		api,
		nodes: [
			{ type: TYPE, source: { packageFolder, file: 'dist/nodes/Firecrawl/Firecrawl.node.js' } },
		],
		credentialTypes: [{ packageFolder, file: 'dist/credentials/FirecrawlApi.credentials.js' }],
		longestMs: LONGEST_S * 1_000,
		waitFor: (baseUrl, jobIds) => ({
			nodes: [
				{
					name: NODE,
					type: TYPE,
					parameters: {
						resource: 'Agent',
						operation: 'agent',
						prompt: 'How many pages are there?',
						maxWaitTime: LONGEST_S,
					},
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: jobIds.map((jobId) => ({ jobId })),
			credentials: { firecrawlApi: { baseUrl, apiKey: 'bench' } },
		}),
		countEnds: (run) => itemsOf(run, NODE).filter(({ status }) => status === 'completed').length,
	};
}
