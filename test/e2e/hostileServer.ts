import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a server can do to those that wait for its answer. */
export type Hostility = 'trickle' | 'gzipBomb' | 'silence';

export interface HostileServer {
	/** For the Base URL of a Geonode credential. */
	url: string;
	close(): Promise<void>;
}

const TRICKLE_MS = 1_000;
const BOMB_ENTRIES = 45_000_000;

/**
 * A server of Geonode's API that says of each crawl that it is running, once; from the second check
 * on it is hostile.
 */
export async function startHostileServer(hostility: Hostility): Promise<HostileServer> {
	const bomb = hostility === 'gzipBomb' ? gzipBomb() : Buffer.alloc(0);
	const seen = new Set<string>();
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '', 'http://localhost');
		if (seen.has(pathname)) return ATTACKS[hostility](response, bomb);
		seen.add(pathname);
		const jobId = pathname.split('/').at(-1) ?? '';
		response.setHeader('content-type', 'application/json').end(running(jobId));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const ATTACKS: Record<Hostility, (response: ServerResponse, bomb: Buffer) => void> = {
	trickle: (response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).write('{');
		const timer = setInterval(() => response.write(' '), TRICKLE_MS);
		response.once('close', () => clearInterval(timer));
	},
	gzipBomb: (response, bomb) => {
		const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
		response.writeHead(200, headers).end(bomb);
	},
	silence: () => {},
};

function running(jobId: string): string {
	return JSON.stringify({
		job_id: jobId,
		url: 'https://example.com/',
		status: 'processing',
		total_pages: 10,
		completed_pages: 1,
		failed_pages: 0,
		cancelled_pages: 0,
		created_at: new Date().toISOString(),
		completed_at: null,
		results: [],
	});
}

/** Some hundred kilobytes that become 180 MB of text, and far more as objects. */
function gzipBomb(): Buffer {
	return gzipSync(`{"results":[${'{},'.repeat(BOMB_ENTRIES)}{}]}`, { level: 9 });
}
