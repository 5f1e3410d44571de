import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ActiveTrigger } from '../support/engine/activeTrigger';
import { startApi, type ScriptedAnswer, type ScriptedApi } from '../support/listServer';

/** A crawl as a scripted provider lists it. */
export interface ListedCrawl {
	id: string;
	word: string;
	more?: IDataObject;
}

interface Provider {
	credentials: (url: string) => Record<string, IDataObject>;
	parameters: INodeParameters;
	pageSize: number;
	body: (crawls: ListedCrawl[], pageCount: number, total: number) => unknown;
}

const PROVIDERS = {
	geonode: {
		credentials: (url) => ({ geonodeScraperApi: { apiKey: 'key-of-this-test', baseUrl: url } }),
		parameters: {},
		pageSize: 50,
		body: (crawls, pageCount) => ({
			jobs: crawls.map(({ id, word, more }) => ({ job_id: id, status: word, ...more })),
			page_count: pageCount,
		}),
	},
	convocore: {
		credentials: (url) => ({
			convocoreCrawlerApi: {
				workspaceSecret: 'secret-of-this-test',
				workspaceId: 'w',
				region: 'custom',
				baseUrl: url,
			},
		}),
		parameters: { workspaceId: '' },
		pageSize: 100,
		body: (crawls, _pageCount, total) => ({
			success: true,
			data: {
				jobs: crawls.map(({ id, word, more }) => ({ id, status: word, urls: [], ...more })),
				total,
			},
		}),
	},
	pathors: {
		credentials: (url) => ({
			pathorsDeveloperApi: { developerKey: 'dk_of_this_test', baseUrl: url },
		}),
		parameters: { projectId: 'p', knowledgeBaseId: 'k' },
		pageSize: Infinity,
		body: (crawls) => ({
			jobs: crawls.map(({ id, word, more }) => ({
				jobId: id,
				mode: 'crawl',
				status: word,
				...more,
			})),
		}),
	},
} as const satisfies Record<string, Provider>;

export type ScriptedProvider = keyof typeof PROVIDERS;

/** A provider whose list a test decides, and a trigger that looks at it. */
export interface ListedCrawls {
	/** What the provider lists, in its order. */
	crawls: ListedCrawl[];
	/** Stands in for its answer; `undefined` leaves it, and with `null` there comes none. */
	fault: ((page: number, path: string) => ScriptedAnswer | null | undefined) | null;
	requests: string[];
	/** Its values can be edited. */
	credential: IDataObject;
	trigger: ActiveTrigger;
	/** Sets what the provider lists, then polls; returns the ids of the crawls that were given. */
	poll: (...crawls: ListedCrawl[]) => Promise<unknown[]>;
}

export interface TriggerSettings {
	parameters?: INodeParameters;
	isDurable?: boolean;
}

/** A provider for each test of a file. */
export function useListedCrawls(): (
	provider: ScriptedProvider,
	settings?: TriggerSettings,
) => Promise<ListedCrawls> {
	const apis: ScriptedApi[] = [];
	afterEach(async () => {
		for (const api of apis.splice(0)) await api.close();
	});
	return async (id, { parameters = {}, isDurable = false } = {}) => {
		const provider: Provider = PROVIDERS[id];
		const api = await startApi(({ path, query }) => {
			const page = Number(query.page ?? 1);
			const { crawls, fault } = listed;
			const { pageSize } = provider;
			const from = pageSize === Infinity ? 0 : (page - 1) * pageSize;
			const body = provider.body(
				crawls.slice(from, from + pageSize),
				Math.max(1, Math.ceil(crawls.length / pageSize)),
				crawls.length,
			);
			const scripted = fault?.(page, path);
			return scripted === undefined ? { body } : scripted;
		});
		apis.push(api);
		const credentials = provider.credentials(api.url);
		const [credential = {}] = Object.values(credentials);
		const trigger = new ActiveTrigger({
			type: 'crawlFinishedTrigger',
			parameters: { provider: id, ...provider.parameters, ...parameters },
			credentials: credentials as never,
			isDurable,
		});
		const listed: ListedCrawls = {
			crawls: [],
			fault: null,
			requests: api.questions,
			credential,
			trigger,
			poll: async (...crawls) => {
				listed.crawls = crawls;
				const before = trigger.items.length;
				await trigger.poll();
				return trigger.items.slice(before).map(({ jobId }) => jobId);
			},
		};
		return listed;
	};
}
