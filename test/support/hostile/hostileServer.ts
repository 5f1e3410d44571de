import { statusBody, type StatusFacts } from '../../normalize/statusBodies';
import { HOSTILE_ANSWERS } from './hostileAnswers';
import { hostileJobId, hostileJobOf, jobIdIn } from './hostileJobs';
import { answer, startRawServer, type Behaviour, type RawServer } from './rawServer';

/** How each provider says that a crawl has succeeded. */
const SUCCESSES: Readonly<Record<string, StatusFacts>> = {
	highLevel: { word: 'Successful', total: 4, completed: 4 },
	convocore: { word: 'completed', flag: null, completed: 4 },
	geonode: { word: 'completed', total: 4, completed: 4 },
	midPilot: { word: 'finished', completed: 4 },
	pathors: { word: 'completed', total: 4, completed: 4 },
};

const behaviours = Object.values(HOSTILE_ANSWERS).map(({ does }) => does);

type HostileTable = (place: number) => (body: string) => Behaviour;

export interface HostileServer {
	/** Of the API of a provider. */
	baseUrl(provider: string): string;
	/** The right answer about one of its crawls, as long as that about any other. */
	bodyOf(provider: string): string;
	/** Gives answers of another table, by the places in it; `null` for those of the usual one. */
	use(table: HostileTable | null): void;
	/** The requests that reached the server to which redirects point. */
	requestsElsewhere: string[];
	close(): Promise<void>;
}

/**
 * The APIs of all providers, with a hostile answer to the first check of each crawl, or to all.
 * @param key that the requests are signed with, which some answers repeat
 */
export async function startHostileServer(key: string): Promise<HostileServer> {
	const elsewhere = await startRawServer((socket) => void socket.end(answer('200 OK', '{}')));
	let own: HostileTable | null = null;
	const seen = new Set<string>();
	const server: RawServer = await startRawServer((socket, head) => {
		const provider = /^\w+ \/(\w+)/.exec(head)?.[1] ?? '';
		const jobId = jobIdIn(head);
		const { index, isOnce } = hostileJobOf(jobId);
		const body = bodyOf(provider, jobId);
		const isSeen = seen.has(jobId);
		seen.add(jobId);
		const does =
			own?.(index)(body) ?? behaviours[index]?.({ body, key, elsewhere: elsewhere.baseUrl });
		if (does === undefined || (isSeen && isOnce)) socket.end(answer('200 OK', body));
		else does(socket, head);
	});
	return {
		baseUrl: (provider) => `${server.baseUrl}/${provider}`,
		bodyOf: (provider) => bodyOf(provider, hostileJobId({ index: 0, isOnce: true })),
		use: (table) => (own = table),
		requestsElsewhere: elsewhere.heads,
		async close() {
			await server.close();
			await elsewhere.close();
		},
	};
}

function bodyOf(provider: string, jobId: string): string {
	return JSON.stringify(statusBody(provider, { ...SUCCESSES[provider], jobId }).body);
}
