import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderId, Simulator } from './index';

const POLL_MS = 20;
const JSON_TYPE = { 'content-type': 'application/json' };

interface Call {
	method?: 'GET' | 'POST' | 'HEAD' | 'DELETE' | undefined;
	body?: unknown;
	/** In place of the valid credential. */
	headers?: Record<string, string>;
	/** Gives the call up after this many milliseconds. */
	giveUpAfterMs?: number | undefined;
}

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** undefined when the body is no JSON. */
	json: unknown;
}

/** The headers of a client with a valid credential. */
export function authHeaders(
	{ credentials }: Simulator,
	provider: ProviderId,
): Record<string, string> {
	switch (provider) {
		case 'highLevel':
			return { authorization: `Bearer ${credentials.highLevel.token}`, version: '2021-04-15' };
		case 'convocore':
			return { authorization: `Bearer ${credentials.convocore.workspaceSecret}` };
		case 'geonode':
			return { 'x-api-key': credentials.geonode.apiKey };
		case 'midPilot':
			return { [credentials.midPilot.headerName]: credentials.midPilot.headerValue };
		case 'pathors':
			return { authorization: `Bearer ${credentials.pathors.developerKey}` };
	}
}

/** The status check of a job under the simulator's default ids, below the provider's base URL. */
export function statusPath({ ids }: Simulator, provider: ProviderId, jobId: string): string {
	switch (provider) {
		case 'highLevel': {
			const query = new URLSearchParams({ ...ids.highLevel, operationId: jobId });
			return `/knowledge-bases/crawler/status?${query.toString()}`;
		}
		case 'convocore':
			return `/workspaces/${ids.convocore.workspaceId}/crawler/jobs/${jobId}`;
		case 'geonode':
			return `/v1/crawl/${jobId}`;
		case 'midPilot':
			return `/api/v1/scrape/${ids.midPilot.sessionId}/scrape?jobId=${jobId}`;
		case 'pathors':
			return `${pathorsCrawlPath(ids)}/jobs`;
	}
}

/** Where crawls of the default knowledge base are started. */
export function pathorsCrawlPath({ pathors }: Simulator['ids']): string {
	return `/v1/projects/${pathors.projectId}/knowledgebases/${pathors.knowledgeBaseId}/crawl`;
}

/** Calls a provider's API below its base URL, with a valid credential unless told otherwise. */
export async function call(
	simulator: Simulator,
	provider: ProviderId,
	path: string,
	{ method = 'GET', body, headers, giveUpAfterMs = 5_000 }: Call = {},
): Promise<Answer> {
	const response = await fetch(simulator.baseUrls[provider] + path, {
		method,
		headers: {
			...(headers ?? authHeaders(simulator, provider)),
			...(body !== undefined && JSON_TYPE),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
		signal: AbortSignal.timeout(giveUpAfterMs),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, json: parseJson(text) };
}

/** Asks again and again until the JSON answer matches. */
export async function callUntil(
	ask: () => Promise<Answer>,
	matches: (json: unknown) => boolean,
): Promise<unknown> {
	for (;;) {
		const { json } = await ask();
		if (matches(json)) return json;
		await sleep(POLL_MS);
	}
}

/** The value at a path in a JSON answer; undefined where there is none. */
export function at(json: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>(
		(value, key) =>
			typeof value === 'object' && value !== null
				? (value as Record<string | number, unknown>)[key]
				: undefined,
		json,
	);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
