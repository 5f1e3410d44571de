import type { ICredentialDataDecryptedObject, INode, INodeParameters } from 'n8n-workflow';

import type { CredentialsByType } from '../support/n8n/exampleWorkflow';
import type { N8nClient, SavedWorkflow } from '../support/n8n/client';
import {
	JOB_ID,
	type EchoedRequest,
	type EchoServer,
	type Manner,
} from '../support/hostile/echoServer';
import { plant, type Planted } from '../support/hostile/planted';
import { operations } from '../support/schemas/operations';
import { node, to } from './waitWorkflow';

/** Everything secret that this package is ever given. */
export const SECRETS = {
	token: plant('HighLevelToken'),
	clientSecret: plant('HighLevelClientSecret'),
	access: plant('HighLevelAccessToken'),
	refresh: plant('HighLevelRefreshToken'),
	newAccess: plant('HighLevelRenewedToken'),
	newRefresh: plant('HighLevelRenewedRefresh'),
	workspaceSecret: plant('ConvocoreSecret'),
	hookSecret: plant('ConvocoreHookSecret'),
	hookBearer: plant('ConvocoreHookBearer'),
	hookHeader: plant('ConvocoreHookHeader'),
	pushSecret: plant('ConvocorePushSecret'),
	apiKey: plant('GeonodeKey'),
	headerValue: plant('MidPilotHeader'),
	developerKey: plant('PathorsKey'),
};

/** The secret that Geonode gives for a webhook: n8n keeps it with the workflow, to check calls. */
export const KEPT = { geonodeHook: plant('GeonodeHookSecret') };

/** Secrets that are fields of nodes come from the environment: in a workflow, they would be n8n's to keep. */
export const ENVIRONMENT = {
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
	PLANTED_HOOK_SECRET: SECRETS.hookSecret.value,
	PLANTED_HOOK_BEARER: SECRETS.hookBearer.value,
	PLANTED_HOOK_HEADER: SECRETS.hookHeader.value,
	PLANTED_PUSH_SECRET: SECRETS.pushSecret.value,
};

/** What a server can repeat: what the client that asks knows to be secret. */
export function secretsOf({ provider, method, target, isExpired }: EchoedRequest): Planted[] {
	const isWebhook = target.includes('/v1/webhooks');
	const isOld = isExpired || target.endsWith('/oauth/token');
	const { token, clientSecret, access, refresh, newAccess, newRefresh } = SECRETS;
	const { workspaceSecret, hookSecret, hookBearer, hookHeader } = SECRETS;
	const known: Record<string, Planted[]> = {
		highLevel: [token],
		highLevelOAuth2: [clientSecret, ...(isOld ? [access, refresh] : [newAccess, newRefresh])],
		convocore: [
			workspaceSecret,
			...(method === 'POST' ? [hookSecret, hookBearer, hookHeader] : []),
		],
		geonode: [SECRETS.apiKey, ...(isWebhook && method === 'DELETE' ? [KEPT.geonodeHook] : [])],
		midPilot: [SECRETS.headerValue],
		pathors: [SECRETS.developerKey],
	};
	return known[provider] ?? [];
}

export const PLACES = [
	'highLevel',
	'highLevelOAuth2',
	'convocore',
	'geonode',
	'midPilot',
	'pathors',
] as const;

/** A provider, with one of its credentials. */
export type Place = (typeof PLACES)[number];

export const providerOf = (place: Place) => (place === 'highLevelOAuth2' ? 'highLevel' : place);

const NODES: Readonly<Record<string, string>> = {
	highLevel: 'highLevelCrawler',
	convocore: 'convocoreCrawler',
	geonode: 'geonodeCrawler',
	midPilot: 'midPilotScraper',
	pathors: 'pathorsCrawler',
};

/** Names a crawl to any provider. */
const IDS: INodeParameters = {
	locationId: 'l',
	knowledgeBaseId: 'k',
	operationId: JOB_ID,
	workspaceId: 'w',
	jobId: JOB_ID,
	sessionId: JOB_ID,
	projectId: 'p',
};

const SITE = 'https://example.com/';
const WEBHOOK = {
	settings: {
		url: 'https://example.com/hook',
		events: ['job_completed'],
		secret: '={{ $env.PLANTED_HOOK_SECRET }}',
		bearerToken: '={{ $env.PLANTED_HOOK_BEARER }}',
		headers: { header: [{ name: 'X-Own', value: '={{ $env.PLANTED_HOOK_HEADER }}' }] },
	},
};
const WAIT_OPTIONS = {
	maxWaitMinutes: 0.05,
	responsiveness: 'fixed',
	intervalSeconds: 1,
	includeRaw: true,
	returnPages: true,
	includeInputFields: true,
};

/** Fills in whatever an operation of any provider asks for. */
const FIELDS: INodeParameters = {
	...IDS,
	url: SITE,
	urls: SITE,
	starterLinks: SITE,
	applicationName: 'Docs',
	option: 'Path',
	source: 'crawl',
	pages: 'selected',
	urlIds: 'u',
	pageId: 'p',
	returnAll: true,
	simplify: false,
	includeRaw: true,
	includeContent: true,
	includeOtherJobs: true,
};

const authentication = (place: Place) => ({
	authentication: place === 'highLevelOAuth2' ? 'oAuth2' : 'privateIntegration',
});

/** A node for each operation of a provider. */
export function operationNodes(place: Place, credentials: CredentialsByType): INode[] {
	const type = NODES[providerOf(place)] ?? '';
	return operations
		.filter((operation) => operation.node.description.name === type)
		.map(({ resource = '', operation = '' }) => {
			const isWait = operation === 'startAndWait';
			const isStart = operation.startsWith('start');
			const options = {
				...(isWait && WAIT_OPTIONS),
				...(isStart && place === 'convocore' && { webhook: WEBHOOK }),
			};
			const parameters = { ...FIELDS, ...authentication(place), resource, operation, options };
			return node(`${resource} ${operation}`, `n8n-nodes-crawl-jobs.${type}`, 1, parameters, {
				credentials,
			});
		});
}

/** The wait node, in a mode. */
export function waitNode(
	place: Place,
	credentials: CredentialsByType,
	waitMode: string,
	options: INodeParameters = {},
): INode {
	const parameters = {
		provider: providerOf(place),
		...IDS,
		...authentication(place),
		waitMode,
		options: { ...WAIT_OPTIONS, ...options },
	};
	const type = 'n8n-nodes-crawl-jobs.waitUntilCrawlDone';
	return node(`wait ${waitMode}`, type, 1, parameters, { credentials });
}

/** The trigger; it polls every 20 seconds. */
export function triggerNode(
	place: Place,
	credentials: CredentialsByType,
	more: INodeParameters = {},
): INode {
	const parameters = {
		provider: providerOf(place),
		...IDS,
		...authentication(place),
		options: { includeRaw: true, returnPages: true },
		pollTimes: { item: [{ mode: 'custom', cronExpression: '0,20,40 * * * * *' }] },
		...more,
	};
	const type = 'n8n-nodes-crawl-jobs.crawlFinishedTrigger';
	return node('Trigger', type, 1, parameters, { credentials, webhookId: `planted-${place}` });
}

/** Saves a workflow that starts each of the nodes, whatever becomes of the others. */
export async function saveWorkflow(
	n8n: N8nClient,
	name: string,
	nodes: readonly INode[],
	onError: INode['onError'],
): Promise<SavedWorkflow> {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	return await n8n.createWorkflow({
		name,
		nodes: [start, ...nodes.map((one) => ({ ...one, ...(onError && { onError }) }))],
		connections: { Start: { main: [nodes.flatMap((one) => to(one.name) ?? [])] } },
	});
}

/** Creates credentials with planted secrets that lead to the echoing server. */
export class PlantedCredentials {
	constructor(
		private readonly n8n: N8nClient,
		private readonly echo: EchoServer,
	) {}

	async create(place: Place, manner: Manner, good = 0): Promise<CredentialsByType> {
		const baseUrl = this.echo.baseUrl(place, manner, good);
		const { type, data } = valuesOf(place, baseUrl);
		return { [type]: await this.n8n.createCredential(`${place} ${manner}`, type, data) };
	}

	/** What n8n says when a credential is tested. */
	async test(place: Place, manner: Manner): Promise<string> {
		const { type, data } = valuesOf(place, this.echo.baseUrl(place, manner));
		return JSON.stringify(await this.n8n.testCredential(type, data));
	}
}

function valuesOf(
	place: Place,
	baseUrl: string,
): { type: string; data: ICredentialDataDecryptedObject } {
	const { token, clientSecret, access, refresh } = SECRETS;
	switch (place) {
		case 'highLevel':
			return {
				type: 'highLevelPrivateIntegrationApi',
				data: { token: token.value, locationId: 'l', baseUrl },
			};
		case 'highLevelOAuth2':
			return {
				type: 'highLevelCrawlerOAuth2Api',
				data: {
					clientId: 'client',
					clientSecret: clientSecret.value,
					baseUrl,
					oauthTokenData: {
						access_token: access.value,
						refresh_token: refresh.value,
						token_type: 'Bearer',
						locationId: 'l',
					},
				},
			};
		case 'convocore':
			return {
				type: 'convocoreCrawlerApi',
				data: {
					workspaceSecret: SECRETS.workspaceSecret.value,
					workspaceId: 'w',
					region: 'custom',
					baseUrl,
				},
			};
		case 'geonode':
			return { type: 'geonodeScraperApi', data: { apiKey: SECRETS.apiKey.value, baseUrl } };
		case 'midPilot':
			return {
				type: 'midPilotApi',
				data: { headerName: 'X-Key', headerValue: SECRETS.headerValue.value, baseUrl },
			};
		case 'pathors':
			return {
				type: 'pathorsDeveloperApi',
				data: { developerKey: SECRETS.developerKey.value, baseUrl },
			};
	}
}
