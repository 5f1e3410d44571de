import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { mountCrm, type CrmCall } from './crm';
import { Events } from './events';
import type { ProviderId } from './job';
import { parseJobScript, type CompleteScript, type JobScript, type ScriptFor } from './jobScript';
import { mountProvider, type ProviderApi } from './providerApi';
import { ConvocoreApi } from './providers/convocore';
import { GeonodeApi } from './providers/geonode';
import type { GeonodeWebhook } from './providers/geonodeWebhooks';
import { HighLevelApi } from './providers/highLevel';
import type { DiscoveryEnd } from './providers/highLevelOperation';
import { MidPilotApi } from './providers/midPilot';
import { PathorsApi } from './providers/pathors';
import { RequestRecorder, type RecordedRequest } from './recorder';
import { ScriptedJob } from './scriptedJob';
import { credentials, defaultIds } from './settings';
import { mountSite } from './site';

export type { CrmCall, JobScript, ProviderId, RecordedRequest };

const HOST = '127.0.0.1';
const DEFAULT_PAGE_DELAY_MS = 40;

export interface SimulatorOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Milliseconds a crawler spends on each page besides fetching it; default 40. */
	pageDelayMs?: number;
	/** The word with which HighLevel's discoveries end; default "Pending". Scripted jobs have their own. */
	discoveryEnd?: DiscoveryEnd;
}

export interface Simulator {
	/** `http://127.0.0.1:<port>`, without a slash at its end. */
	url: string;
	/** What a user would type as the base URL of each provider's credential. */
	baseUrls: Record<ProviderId, string>;
	/** The website to crawl: `handbook/` in it has no broken link, `slow/` and `down/` misbehave. */
	siteUrl: string;
	/** The credentials the providers accept. */
	credentials: typeof credentials;
	/** The locations, knowledge bases, projects and sessions that scripted jobs belong to. */
	ids: typeof defaultIds;
	/** Every request to a provider, in the order of arrival. */
	requests: RecordedRequest[];
	/** The events that the providers send to webhooks. */
	events: Events;
	/** The addresses that HighLevel's app sends its events to, which its pages ask for. */
	highLevelEventUrls: string[];
	/** The webhooks that are registered at Geonode, by their ids. */
	geonodeWebhooks: Map<string, GeonodeWebhook>;
	/** While it is on, everything answers 503. */
	outage: { isOn: boolean };
	/** Every call to the toy CRM under `/crm`. */
	crmCalls: CrmCall[];
	/**
	 * Adds a job that follows a script, in place of one with the same id.
	 * @throws Error that names every wrong field of the script
	 */
	scriptJob(script: JobScript): void;
	/** Ends all crawls, drops all connections and stops listening. */
	close(): Promise<void>;
}

type Providers = { [Id in ProviderId]: ProviderApi<Id> };

/** Starts the crawl APIs of all providers, a website to crawl and a CRM on one loopback port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, pageDelayMs = DEFAULT_PAGE_DELAY_MS, discoveryEnd = 'Pending' } = options;
	const app = createServer();
	const recorder = new RequestRecorder();
	const crmCalls: CrmCall[] = [];
	const events = new Events();
	const highLevelEventUrls: string[] = [];
	const geonodeWebhooks = new Map<string, GeonodeWebhook>();
	const outage = { isOn: false };
	app.addHook('onRequest', async (_request, reply) => {
		if (outage.isOn) await reply.code(503).send();
	});
	const providers: Providers = {
		highLevel: new HighLevelApi(pageDelayMs, discoveryEnd, events, highLevelEventUrls),
		convocore: new ConvocoreApi(pageDelayMs, events),
		geonode: new GeonodeApi(pageDelayMs, events, geonodeWebhooks),
		midPilot: new MidPilotApi(pageDelayMs),
		pathors: new PathorsApi(pageDelayMs),
	};
	for (const provider of Object.values(providers)) mountProvider(app, provider, recorder);
	mountSite(app);
	mountCrm(app, crmCalls);
	await app.listen({ port, host: HOST });
	const url = `http://${HOST}:${(app.server.address() as AddressInfo).port}`;

	return {
		url,
		baseUrls: baseUrls(url, providers),
		siteUrl: `${url}/site/`,
		credentials,
		ids: defaultIds,
		requests: recorder.requests,
		events,
		highLevelEventUrls,
		geonodeWebhooks,
		outage,
		crmCalls,
		scriptJob(script) {
			const complete = parseJobScript(script);
			addScripted(providers, complete.provider, complete);
		},
		async close() {
			events.stop();
			for (const provider of Object.values(providers)) provider.stop();
			await app.close();
		},
	};
}

function createServer(): FastifyInstance {
	const app = Fastify({
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true },
	});
	// Clients may send the header on requests without a body, which Fastify's own parser refuses.
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body.length === 0 ? undefined : JSON.parse(body.toString()));
		} catch {
			done(Object.assign(new Error('The body is not valid JSON'), { statusCode: 400 }));
		}
	});
	return app;
}

function baseUrls(url: string, providers: Providers): Record<ProviderId, string> {
	const of = ({ id, basePath }: Providers[ProviderId]) => `${url}/${id}${basePath}`;
	return {
		highLevel: of(providers.highLevel),
		convocore: of(providers.convocore),
		geonode: of(providers.geonode),
		midPilot: of(providers.midPilot),
		pathors: of(providers.pathors),
	};
}

function addScripted<Id extends ProviderId>(
	providers: Providers,
	id: Id,
	script: ScriptFor<Id> & CompleteScript,
): void {
	providers[id].addScripted(new ScriptedJob<ScriptFor<Id> & CompleteScript>(script));
}
