import { resolve } from 'node:path';

import type { StandInApi } from '../api';
import type { Peer } from '../peer';
import { itemsOf } from '../runData';

const NODE = 'Wait Until Crawl Done';
const PACKAGE_FOLDER = resolve(__dirname, '../../../..');
const TYPE = 'n8n-nodes-crawl-jobs.waitUntilCrawlDone';
const JOB = /^\/v1\/crawl\/(\d+)$/;
const PAGES = 100;
const LONGEST_MINUTES = 3 * 24 * 60;

/** Geonode's API: get a crawl job, with or without usable counters. */
function geonodeApi(hasCounters: boolean): StandInApi {
	return {
		read({ path }) {
			const [, jobId] = JOB.exec(path) ?? [];
			return jobId === undefined ? null : { kind: 'status', jobId };
		},
		started: (jobId) => ({ job_id: jobId, status: 'queued' }),
		status: ({ id, isDone, share }) => ({
			job_id: id,
			url: 'https://quotes.toscrape.com/',
			status: isDone ? 'completed' : 'processing',
			total_pages: hasCounters || isDone ? PAGES : null,
			completed_pages: hasCounters || isDone ? Math.floor(PAGES * share) : null,
			failed_pages: 0,
			cancelled_pages: 0,
			created_at: '2026-05-26T10:30:00Z',
			completed_at: null,
			results: [],
		}),
	};
}

function waitNode(
	hasCounters: boolean,
	waitMode = 'inExecution',
): Omit<Peer, 'id' | 'name' | 'what'> {
	return {
		api: geonodeApi(hasCounters),
		// The engine has them already, from their sources.
		nodes: [],
		published: [
			{
				packageFolder: PACKAGE_FOLDER,
				file: 'dist/nodes/WaitUntilCrawlDone/WaitUntilCrawlDone.node.js',
			},
		],
		credentialTypes: [],
		longestMs: LONGEST_MINUTES * 60_000,
		waitFor: (baseUrl, jobIds) => ({
			nodes: [
				{
					name: NODE,
					type: TYPE,
					typeVersion: 1.1,
					parameters: {
						provider: 'geonode',
						jobId: '={{ $json.jobId }}',
						waitMode,
						options: { maxWaitMinutes: LONGEST_MINUTES },
					},
				},
			],
			connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
			items: jobIds.map((jobId) => ({ jobId })),
			credentials: { geonodeScraperApi: { apiKey: 'bench', baseUrl } },
		}),
		countEnds: (run) => itemsOf(run, NODE).length,
	};
}

/** This package's wait for a crawl whose pages are counted evenly. */
export const ours: Peer = {
	id: 'ours',
	name: 'Crawl Jobs',
	what: 'This package, _Wait Until Crawl Done_, for a Geonode crawl whose pages are counted',
	...waitNode(true),
};

/** The same for one that shows no progress. */
export const oursWithoutCounters: Peer = {
	id: 'oursWithoutCounters',
	name: 'Crawl Jobs, no counters',
	what: 'The same for a crawl that shows no progress',
	...waitNode(false),
};

/** The same in Durable mode, which takes a whole n8n. */
export const oursDurable: Peer = {
	id: 'oursDurable',
	name: 'Crawl Jobs, Durable',
	what: 'The same in the wait mode _Durable_',
	...waitNode(true, 'durable'),
};
