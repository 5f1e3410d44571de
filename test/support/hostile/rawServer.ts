import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a server does with a connection once it has the head of a request. */
export type Behaviour = (socket: Socket, head: string) => void;

export interface RawServer {
	baseUrl: string;
	/** The heads of all requests, in order. */
	heads: string[];
	close(): Promise<void>;
}

/** A server that answers each request on a raw socket, with no regard for HTTP. */
export async function startRawServer(behave: Behaviour): Promise<RawServer> {
	const sockets = new Set<Socket>();
	const heads: string[] = [];
	const server = createServer((socket) => {
		sockets.add(socket);
		let received = '';
		socket.on('data', (piece) => {
			received += piece.toString('latin1');
			const end = received.indexOf('\r\n\r\n');
			if (end < 0) return;
			const head = received.slice(0, end);
			received = '';
			heads.push(head);
			behave(socket, head);
		});
		// A client that gives up is what these tests are about.
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		heads,
		async close() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** A whole HTTP answer; its body is text or bytes. */
export function answer(
	status: string,
	body: string | Buffer = '',
	headers: Record<string, string | number> = {},
): Buffer {
	const bytes = Buffer.from(body);
	const all = { 'Content-Type': 'application/json', 'Content-Length': bytes.length, ...headers };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`), bytes]);
}

/** Sends a piece, or what `piece` gives each time, again and again until the connection is closed. */
export function repeat(socket: Socket, piece: string | (() => string), everyMs: number): void {
	const next = typeof piece === 'string' ? () => piece : piece;
	const timer = setInterval(() => socket.write(next()), everyMs);
	socket.on('close', () => clearInterval(timer));
}

/** Sends something as fast as it is taken until the connection is closed. */
export function flood(socket: Socket, piece: Buffer): void {
	const fill = () => {
		while (!socket.destroyed && socket.write(piece));
	};
	socket.on('drain', fill);
	fill();
}
