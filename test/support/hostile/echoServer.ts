import { SPELLINGS, type Planted } from './planted';
import { answer, startRawServer, type Behaviour } from './rawServer';

/** How the server answers; each answer repeats secrets wherever it has room for a text. */
export const MANNERS = ['read', 'refused', 'broken', 'page', 'moved', 'cut', 'odd'] as const;

export type Manner = (typeof MANNERS)[number];

/** Stands beside the secrets in every text, to be found wherever they could be. */
export const CONTROL = 'ctl5Pd8Gm3Ys';

export const JOB_ID = '7f9c2ba4-e88f-4f6a-9d3b-1c2d3e4f5a6b';

/** What the server is asked, by the name of the provider whose API it stands for. */
export interface EchoedRequest {
	provider: string;
	method: string;
	/** Path and query. */
	target: string;
	/** Whether it is signed with the OAuth2 token that has to be renewed. */
	isExpired: boolean;
}

export interface EchoOptions {
	/** The secrets that the answer repeats: those that the client knows as such. */
	secretsOf: (request: EchoedRequest) => readonly Planted[];
	/** An OAuth2 token that has to be renewed. */
	expiredToken: Planted;
	/** The OAuth2 tokens that are given out then. */
	tokens: { access: Planted; refresh: Planted };
	/** The secret of the webhooks that are registered. */
	webhookSecret: Planted;
}

export interface EchoServer {
	/**
	 * A base URL of a provider.
	 * @param manner in which it answers
	 * @param good how many requests it answers as it should before, those that only read; all others
	 * are answered well if there are any
	 */
	baseUrl(provider: string, manner: Manner, good?: number): string;
	/** For what is told to it by `POST`, below this address. */
	readonly tellUrl: string;
	/** What was told, in order. */
	readonly told: string[];
	/** What has been answered: provider and manner. */
	readonly answered: Set<string>;
	close(): Promise<void>;
}

const WORDS: Readonly<Record<string, string>> = {
	highLevel: 'Successful',
	highLevelOAuth2: 'Successful',
	midPilot: 'finished',
};

/** A server of all providers' APIs that repeats secrets in every spelling. */
export async function startEchoServer(options: EchoOptions): Promise<EchoServer> {
	const told: string[] = [];
	const answered = new Set<string>();
	const goodAt = new Map<string, number>();
	let spoken = 0;
	const server = await startRawServer((socket, head) => {
		const [method = '', target = ''] = head.split(' ', 2);
		if (target.startsWith(TELL)) {
			told.push(decodeURIComponent(target.slice(TELL.length)));
			socket.end(answer('200 OK', '{}'));
			return;
		}
		const [, place = '', provider = '', manner = 'read', limit = ''] =
			/^(\/(\w+)\/(\w+)\/(\d+)-\d+)/.exec(target) ?? [];
		answered.add(`${provider} ${manner}`);
		const isExpired = head.includes(`Bearer ${options.expiredToken.value}`);
		const secrets = options.secretsOf({ provider, method, target, isExpired });
		const echo = (): string => {
			const secret = secrets[spoken % secrets.length]?.value ?? '';
			const spell = SPELLINGS[Math.floor(spoken / secrets.length) % SPELLINGS.length];
			spoken++;
			return spell?.(secret) ?? secret;
		};
		if (isExpired) {
			const speech = { echo, word: '', target };
			socket.end(answer('401 Expired', refusalOf(speech), headersOf(speech)));
			return;
		}
		const good = goodAt.get(place) ?? 0;
		const isGood = Number(limit) > 0 && (method !== 'GET' || good < Number(limit));
		if (isGood && method === 'GET') goodAt.set(place, good + 1);
		const word = isGood ? 'processing' : (WORDS[provider] ?? 'completed');
		const speech = { echo, word, target };
		const given = givenOut(method, target, options);
		if (given !== null && (isGood || manner === 'read')) {
			socket.end(answer('200 OK', JSON.stringify({ ...given, more: text(speech) })));
			return;
		}
		BEHAVIOURS[isGood ? 'read' : (manner as Manner)](speech)(socket, head);
	});
	let places = 0;
	return {
		baseUrl: (provider, manner, good = 0) =>
			`${server.baseUrl}/${provider}/${manner}/${good}-${places++}`,
		tellUrl: `${server.baseUrl}${TELL}`,
		told,
		answered,
		close: async () => await server.close(),
	};
}

const TELL = '/tell/';

/** What the client is to keep as a secret from now on. */
function givenOut(
	method: string,
	target: string,
	{ tokens, webhookSecret }: EchoOptions,
): object | null {
	if (method !== 'POST') return null;
	if (target.endsWith('/oauth/token')) {
		return {
			access_token: tokens.access.value,
			refresh_token: tokens.refresh.value,
			token_type: 'Bearer',
			expires_in: 86_400,
			locationId: 'l',
		};
	}
	return target.endsWith('/v1/webhooks') ? { id: 'hook', secret: webhookSecret.value } : null;
}

interface Speech {
	echo: () => string;
	/** The status of the crawl. */
	word: string;
	target: string;
}

const text = ({ echo }: Speech) => `${CONTROL} ${echo()}`;

/** An answer that every reader of every provider finds what it looks for in. */
function bodyOf(speech: Speech): unknown {
	const say = () => text(speech);
	const entry = (): object => ({
		...Object.fromEntries(
			['id', '_id', 'jobId', 'job_id', 'operationId', 'sessionId'].map((name) => [name, JOB_ID]),
		),
		...{ status: speech.word, total: 4, done: 4, total_pages: 4, completed_pages: 3 },
		...{
			failed_pages: 1,
			savedDocumentationsCount: 4,
			discoveredUrlsCount: 4,
			trainedUrlsCount: 3,
		},
		url: `https://x.test/${CONTROL}?k=${encodeURIComponent(speech.echo())}`,
		title: say(),
		name: say(),
		error: { message: say(), code: say() },
		errorMessage: say(),
		error_code: say(),
		error_message: say(),
		message: say(),
		content: say(),
		markdown: say(),
		parentId: say(),
		[say()]: say(),
		nested: [{ [say()]: [say()] }],
	});
	if (/\/(?:projects|knowledgebases)(?:\?|$)/.test(speech.target)) return [entry()];
	const lists = () => ({
		jobs: [entry()],
		pages: [entry()],
		results: [entry()],
		urls: [entry()],
		items: [entry()],
		knowledgeBases: [entry()],
		result: { ...entry(), finishReason: say(), errors: [say()] },
		progress: { stage: say(), completedIterations: 1, totalIterations: 4 },
		nextCursor: say(),
		next: say(),
		lastKnowledgeBaseId: say(),
		hasMore: true,
		count: 1,
		secret: say(),
	});
	return {
		...entry(),
		...lists(),
		success: true,
		data: {
			...entry(),
			...lists(),
			aggregate: [{ _id: 'Failed', records: [entry()] }],
			operationDetails: entry(),
		},
	};
}

/** A refusal in the forms of all providers. */
function refusalOf(speech: Speech): string {
	const say = () => text(speech);
	return JSON.stringify({
		success: false,
		statusCode: 403,
		code: say(),
		message: say(),
		error: { message: say(), code: say() },
		detail: [{ loc: ['body', say()], msg: say() }],
		issues: [{ message: say() }],
		error_description: say(),
	});
}

/** Headers with secrets, as far as a header can hold them. */
const headersOf = (speech: Speech) => ({
	'X-Echo': encodeURIComponent(speech.echo()),
	'Set-Cookie': `key=${encodeURIComponent(speech.echo())}`,
	'WWW-Authenticate': `Bearer error="${encodeURIComponent(speech.echo())}"`,
});
const inStatus = (speech: Speech) => encodeURIComponent(speech.echo());

const BEHAVIOURS: Readonly<Record<Manner, (speech: Speech) => Behaviour>> = {
	read: (speech) => (socket) =>
		void socket.end(answer('200 OK', JSON.stringify(bodyOf(speech)), headersOf(speech))),
	refused: (speech) => (socket) =>
		void socket.end(answer(`403 ${inStatus(speech)}`, refusalOf(speech), headersOf(speech))),
	broken: (speech) => (socket) =>
		void socket.end(answer(`500 ${inStatus(speech)}`, refusalOf(speech), headersOf(speech))),
	page: (speech) => (socket) =>
		void socket.end(answer('200 OK', `<html><title>${text(speech)}</title>${text(speech)}`)),
	moved: (speech) => (socket) => {
		const [user, path, query] = [0, 1, 2].map(() => encodeURIComponent(speech.echo()));
		const target = `http://me:${user}@${CONTROL}.test/${path}?k=${query}#${query}`;
		socket.end(answer('302 Found', text(speech), { Location: target }));
	},
	cut: (speech) => (socket) => {
		const body = `{"message":"${text(speech).slice(0, -8)}`;
		socket.end(answer('200 OK', body, { 'Content-Length': body.length + 100 }));
	},
	odd: (speech) => (socket) => void socket.end(`HTTP/9.9 ${text(speech)}\r\n\r\n`),
};
