import type { JobNow, StandInApi } from '../api';
import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { itemsOf } from '../runData';

const NODE = 'Databricks';
const HOUR_MS = 3_600_000;
const TIMEOUT_H = 72;

/** Jobs API 2.2: run now, and get a run (https://docs.databricks.com/api/workspace/jobs). */
const api: StandInApi = {
	read({ method, path, query }) {
		if (method === 'POST' && path === '/api/2.2/jobs/run-now') return { kind: 'start' };
		if (path === '/api/2.2/jobs/runs/get')
			return { kind: 'status', jobId: query.get('run_id') ?? '' };
		return null;
	},
	started: (jobId) => ({ run_id: Number(jobId), number_in_job: 1 }),
	status: (job) => ({
		job_id: 11,
		run_id: Number(job.id),
		run_name: 'nightly',
		run_page_url: `https://example.cloud.databricks.com/?o=1#job/11/run/${job.id}`,
		status: runStatus(job),
	}),
};

function runStatus({ isDone }: JobNow): object {
	if (!isDone) return { state: 'RUNNING' };
	return {
		state: 'TERMINATED',
		termination_details: { code: 'SUCCESS', type: 'SUCCESS', message: '' },
	};
}

/** n8n's Databricks node: Job, Run, with *Wait for Completion*. */
export function databricks({ n8nNodes: packageFolder }: InstalledPeers): Peer {
	return {
		id: 'databricks',
		name: 'Databricks',
		what: "n8n's Databricks node, _Run Job_ with _Wait for Completion_",
		api,
		nodes: [
			{
				type: 'n8n-nodes-base.databricks',
				source: { packageFolder, file: 'dist/nodes/Databricks/Databricks.node.js' },
			},
		],
		credentialTypes: [{ packageFolder, file: 'dist/credentials/DatabricksApi.credentials.js' }],
		longestMs: TIMEOUT_H * HOUR_MS,
		waitFor: (baseUrl, jobIds) => ({
			nodes: [
				{
					name: NODE,
					type: 'n8n-nodes-base.databricks',
					parameters: {
						resource: 'job',
						operation: 'run',
						jobId: { __rl: true, mode: 'id', value: '11' },
						waitForCompletion: true,
						options: { timeout: (TIMEOUT_H * HOUR_MS) / 1_000 },
					},
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: jobIds.map((jobId) => ({ jobId })),
			credentials: { databricksApi: { host: baseUrl, token: 'bench' } },
		}),
		countEnds: (run) =>
			itemsOf(run, NODE).filter((json) => json.error === undefined && 'run_id' in json).length,
	};
}
