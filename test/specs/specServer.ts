import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { OpenAPIBackend, type Document, type Request } from 'openapi-backend';

/** What the server gives instead of the answer that the specification describes. */
export interface Answer {
	status: number;
	body: unknown;
}

/** A server that knows nothing but an OpenAPI document. */
export interface SpecServer {
	baseUrl: string;
	/** The operations that were asked for, by the document's own ids. */
	operations: string[];
	/** What is wrong with requests, and with answers that a test has chosen; empty when all is well. */
	complaints: string[];
	/** Answers to come, by operation; each is given once. Without one, the document's example is. */
	answers: Map<string, Answer[]>;
	/** The documented answer of an operation, made of the document's examples. */
	example(operationId: string, status: number): unknown;
	/** Forgets what was asked, and what was to be answered. */
	reset(): void;
	close(): Promise<void>;
}

const SUCCESSES: readonly number[] = [200, 201, 202, 204];

/**
 * Serves a document, or the one in a file, over HTTP. Each request is held against it: its path, query, headers and body. So
 * is each answer.
 */
export async function startSpecServer(document: Document | string): Promise<SpecServer> {
	const api = new OpenAPIBackend({
		definition: document,
		// Whether the document itself is well-formed is its publisher's concern.
		quick: true,
		// HighLevel has two paths that differ in nothing else.
		ignoreTrailingSlashes: false,
		ajvOpts: { strict: false, allErrors: true },
	});
	await api.init();
	const state: Pick<SpecServer, 'operations' | 'complaints' | 'answers'> = {
		operations: [],
		complaints: [],
		answers: new Map(),
	};

	const successOf = (operationId: string): number => {
		const documented = Object.keys(api.getOperation(operationId)?.responses ?? {}).map(Number);
		return documented.find((status) => SUCCESSES.includes(status)) ?? 200;
	};
	const example = (operationId: string, code: number): unknown =>
		api.mockResponseForOperation(operationId, { code }).mock as unknown;

	const answer = (request: Request): Answer => {
		const name = `${request.method.toUpperCase()} ${request.path}`;
		const operation = api.matchOperation(request);
		const operationId = operation?.operationId;
		if (operationId === undefined) {
			state.complaints.push(`${name} is not documented`);
			return { status: 404, body: {} };
		}
		state.operations.push(operationId);
		const refusals = api.validateRequest(request, operationId).errors ?? [];
		if (refusals.length > 0) {
			state.complaints.push(...refusals.map(textOf(name)));
			return { status: 422, body: { message: 'The request is not as documented' } };
		}
		const status = successOf(operationId);
		const given = state.answers.get(operationId)?.shift() ?? {
			status,
			body: example(operationId, status),
		};
		const flaws = api.validateResponse(given.body, operationId, given.status).errors ?? [];
		state.complaints.push(...flaws.map(textOf(`the answer to ${name}`)));
		return given;
	};

	const server = createServer((message, response) => {
		void readRequest(message).then((request) => {
			const { status, body } = answer(request);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		...state,
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		example,
		reset() {
			state.operations.length = 0;
			state.complaints.length = 0;
			state.answers.clear();
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function readRequest(message: IncomingMessage): Promise<Request> {
	const url = new URL(message.url ?? '/', 'http://localhost');
	const body = await text(message);
	const isForm = message.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
	return {
		method: message.method ?? 'GET',
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers: message.headers as Record<string, string>,
		...(body !== '' && {
			body: isForm
				? Object.fromEntries(new URLSearchParams(body))
				: (JSON.parse(body) as Record<string, unknown>),
		}),
	};
}

function textOf(place: string) {
	return ({ instancePath, message }: { instancePath: string; message?: string }) =>
		`${place}: ${instancePath} ${message ?? ''}`;
}
