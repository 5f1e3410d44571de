import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a scripted API sees it. */
export interface ApiQuestion {
	method: string;
	path: string;
	query: Record<string, string>;
	/** Which one it is, counted from 1. */
	number: number;
}

export interface ScriptedAnswer {
	status?: number;
	headers?: Record<string, string>;
	/** Sent as JSON. */
	body: unknown;
}

/** An API on this machine whose every answer a test decides, over real HTTP. */
export interface ScriptedApi {
	url: string;
	/** What was asked for, in order: "GET /path?query". */
	questions: string[];
	close: () => Promise<void>;
}

/** Starts an API; an answer can be left out, which leaves the request without one. */
export async function startApi(
	answer: (question: ApiQuestion) => ScriptedAnswer | null,
): Promise<ScriptedApi> {
	const questions: string[] = [];
	const server = createServer((request, response) => {
		const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		const method = request.method ?? 'GET';
		questions.push(`${method} ${pathname}${search}`);
		const query = Object.fromEntries(searchParams);
		const scripted = answer({ method, path: pathname, query, number: questions.length });
		if (scripted === null) return;
		const { status = 200, headers = {}, body } = scripted;
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		questions,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
