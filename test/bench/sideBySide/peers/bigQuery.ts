import type { StandInApi } from '../api';
import type { InstalledPeers } from '../installed';
import type { Peer } from '../peer';
import { itemsOf } from '../runData';

const NODE = 'BigQuery';
const QUERY = /^\/bigquery\/v2\/projects\/bench\/queries\/(\d+)$/;

/**
 * Jobs API v2: insert, and get the results of a query, which waits for them for a while
 * (https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults).
 */
const api: StandInApi = {
	read({ method, path, query }) {
		if (method === 'POST' && path === '/bigquery/v2/projects/bench/jobs') return { kind: 'start' };
		const [, jobId] = QUERY.exec(path) ?? [];
		if (jobId === undefined) return null;
		return { kind: 'status', jobId, holdMs: Number(query.get('timeoutMs')) };
	},
	started: (jobId) => ({
		kind: 'bigquery#job',
		jobReference: { projectId: 'bench', jobId, location: 'EU' },
		status: { state: 'RUNNING' },
	}),
	status: ({ id, isDone }) => ({
		kind: 'bigquery#getQueryResultsResponse',
		jobReference: { projectId: 'bench', jobId: id, location: 'EU' },
		jobComplete: isDone,
		...(isDone && {
			schema: { fields: [{ name: 'pages', type: 'INTEGER', mode: 'NULLABLE' }] },
			rows: [{ f: [{ v: '12' }] }],
			totalRows: '1',
		}),
	}),
};

/** n8n's BigQuery node: Execute Query. */
export function bigQuery({ n8nNodes: packageFolder }: InstalledPeers): Peer {
	const credential = (name: string) => ({
		packageFolder,
		file: `dist/credentials/${name}.credentials.js`,
	});
	return {
		id: 'bigQuery',
		name: 'BigQuery',
		what: "n8n's Google BigQuery node, _Execute Query_, whose service answers late rather than often",
		api,
		fixedHost: 'bigquery.googleapis.com',
		nodes: [
			{
				type: 'n8n-nodes-base.googleBigQuery',
				source: { packageFolder, file: 'dist/nodes/Google/BigQuery/GoogleBigQuery.node.js' },
			},
		],
		credentialTypes: [
			credential('OAuth2Api'),
			credential('GoogleOAuth2Api'),
			credential('GoogleBigQueryOAuth2Api'),
		],
		longestMs: Infinity,
		waitFor: (_baseUrl, jobIds) => ({
			nodes: [
				{
					name: NODE,
					type: 'n8n-nodes-base.googleBigQuery',
					typeVersion: 2.1,
					parameters: {
						authentication: 'oAuth2',
						resource: 'database',
						operation: 'executeQuery',
						projectId: { __rl: true, mode: 'id', value: 'bench' },
						sqlQuery: 'SELECT COUNT(*) AS pages FROM crawl.pages',
						options: {},
					},
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: jobIds.map((jobId) => ({ jobId })),
			credentials: {
				googleBigQueryOAuth2Api: {
					clientId: 'bench',
					clientSecret: 'bench',
					oauthTokenData: { access_token: 'bench', token_type: 'Bearer' },
				},
			},
		}),
		countEnds: (run) => itemsOf(run, NODE).filter((json) => 'pages' in json).length,
	};
}
