import { join } from 'node:path';

import type { StandInApi } from '../api';
import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { itemsOf } from '../runData';

const NODE = 'LlamaCloud';
const TYPE = '@llamaindex/n8n-nodes-llamacloud.llamaParsePlatform';
/** Fixed in its code. */
const LONGEST_MS = 300_000;
const PARSE = /^\/api\/v2\/parse\/(\d+)$/;

/** API v2: start to parse, and get a parse job (https://developers.llamaindex.ai). */
const api: StandInApi = {
	read({ method, path }) {
		if (method === 'POST' && path === '/api/v2/parse') return { kind: 'start' };
		const [, jobId] = PARSE.exec(path) ?? [];
		return jobId === undefined ? null : { kind: 'status', jobId };
	},
	started: (jobId) => ({ id: jobId, project_id: 'bench', status: 'PENDING' }),
	status: ({ id, isDone }) => ({
		job: { id, project_id: 'bench', status: isDone ? 'COMPLETED' : 'RUNNING' },
		...(isDone && { text_full: '12 pages' }),
	}),
};

/** LlamaCloud's node: Parse a Document. */
export function llamaCloud({ others }: InstalledPeers): Peer {
	const packageFolder = join(others, '@llamaindex', 'n8n-nodes-llamacloud');
	const file = 'dist/nodes/LlamaParsePlatform/LlamaParsePlatform.node.js';
	return {
		id: 'llamaCloud',
		name: 'LlamaCloud',
		what: "LlamaCloud's node, _Parse a Document_",
		api,
		nodes: [{ type: TYPE, source: { packageFolder, file } }],
		credentialTypes: [{ packageFolder, file: 'dist/credentials/LlamaParseApi.credentials.js' }],
		longestMs: LONGEST_MS,
		waitFor: (baseUrl, jobIds) => ({
			nodes: [
				{
					name: NODE,
					type: TYPE,
					parameters: {
						operation: 'parse',
						tier: 'fast',
						version: 'latest',
						inputType: 'fileUrl',
						sourceUrl: 'https://example.com/handbook.pdf',
					},
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: jobIds.map((jobId) => ({ jobId })),
			credentials: { llamaParseApi: { apiKey: 'bench', baseURL: baseUrl } },
		}),
		countEnds: (run) => itemsOf(run, NODE).filter(({ text }) => text === '12 pages').length,
	};
}
