import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const HOST = '127.0.0.1';

/** A tool as the model is shown it. */
export interface ShownTool {
	name: string;
	description: string;
	/** A JSON schema of its arguments. */
	parameters: object;
}

/** What n8n asks the model, in OpenAI's words. */
export interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
	tools: Array<{ function: ShownTool }>;
}

/** A chat model on this machine that follows a script. */
export interface ChatModel {
	/** For the Base URL of an OpenAI credential. */
	url: string;
	/** What it was asked, in order. */
	requests: ChatRequest[];
	close(): Promise<void>;
}

/**
 * Starts a model that calls its first tool, and then answers with what the tool returned. It speaks
 * OpenAI's Chat Completions API, without streaming.
 * @param toolArguments that it calls the tool with
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export async function startChatModel(toolArguments: object): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			const asked = body as ChatRequest;
			requests.push(asked);
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(completion(asked, toolArguments)));
		});
	});
	server.listen(0, HOST);
	await once(server, 'listening');
	return {
		url: `http://${HOST}:${(server.address() as AddressInfo).port}/v1`,
		requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function completion({ messages, tools }: ChatRequest, toolArguments: object): object {
	const last = messages.at(-1);
	const call = { name: tools[0]?.function.name, arguments: JSON.stringify(toolArguments) };
	const choice =
		last?.role === 'tool'
			? { finish_reason: 'stop', message: { content: `The tool returned: ${last.content}` } }
			: {
					finish_reason: 'tool_calls',
					message: { tool_calls: [{ id: 'call_1', type: 'function', function: call }] },
				};
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [
			{ index: 0, ...choice, message: { role: 'assistant', content: null, ...choice.message } },
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
