import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { newJob } from '../../wait/faultCases';
import type { CredentialValues } from '../engine/credentialsHelper';
import { runNode } from '../engine/runNode';
import { HOSTILE_ANSWERS } from './hostileAnswers';
import { hostileJobId } from './hostileJobs';

/** Signs all requests. A host name keeps its letters, and loses their case. */
export const KEY = 'k3y-Of-The-Account-0815';

const CREDENTIALS: Readonly<Record<string, (baseUrl: string) => CredentialValues>> = {
	highLevel: (baseUrl) => ({
		highLevelPrivateIntegrationApi: { token: KEY, locationId: 'l', baseUrl },
	}),
	convocore: (baseUrl) => ({
		convocoreCrawlerApi: { workspaceSecret: KEY, workspaceId: 'w', region: 'custom', baseUrl },
	}),
	geonode: (baseUrl) => ({ geonodeScraperApi: { apiKey: KEY, baseUrl } }),
	midPilot: (baseUrl) => ({ midPilotApi: { headerName: 'X-Key', headerValue: KEY, baseUrl } }),
	pathors: (baseUrl) => ({ pathorsDeveloperApi: { developerKey: KEY, baseUrl } }),
};

export interface HostileWaits {
	provider: string;
	/** Of the hostile server, for the provider. */
	baseUrl: string;
	/** Whether each crawl gets its hostile answer once, and then the right one. */
	isOnce: boolean;
	options: INodeParameters;
}

/**
 * Waits side by side for a crawl for each of the hostile answers.
 * @param names of the answers in the table
 * @returns the item that each became
 */
export async function waitForHostile(
	names: readonly string[],
	waits: HostileWaits,
): Promise<Map<string, INodeExecutionData>> {
	const table = Object.keys(HOSTILE_ANSWERS);
	const items = await waitForPlaces(
		names.map((name) => table.indexOf(name)),
		waits,
	);
	return new Map(names.map((name, index) => [name, items[index] ?? { json: {} }]));
}

/** The same for places in a table, of which the server has another one where it was told so. */
export async function waitForPlaces(
	places: readonly number[],
	{ provider, baseUrl, isOnce, options }: HostileWaits,
): Promise<INodeExecutionData[]> {
	const jobs = places.map((index) => newJob(provider, hostileJobId({ index, isOnce })));
	const { outputs, error } = await runNode({
		type: 'waitUntilCrawlDone',
		items: jobs.map(({ jobId, reference }) => ({ jobId, reference })),
		credentials: CREDENTIALS[provider]?.(baseUrl) ?? {},
		parameters: {
			provider,
			options: { responsiveness: 'fixed', intervalSeconds: 1, ...options },
		},
		settings: { onError: 'continueRegularOutput' },
	});
	if (error !== undefined) throw error;
	const given = new Map(outputs.flat().map((item) => [indexOf(item), item]));
	return jobs.map((_, index) => given.get(index) ?? { json: {} });
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : 0;
}
