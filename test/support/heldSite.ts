import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const PAGES = 90;
/** Crawlers wait longer for a page. */
const MAX_HOLD_MS = 5_000;

/** A website whose crawl goes on for minutes, until the site is released. */
export interface HeldSite {
	url: string;
	/** From now on all pages are answered at once. */
	release(): void;
	close(): Promise<void>;
}

/** Starts it on the loopback address. */
export async function startHeldSite(): Promise<HeldSite> {
	const waiting = new Set<() => void>();
	let isReleased = false;
	const held = async (): Promise<void> => {
		if (isReleased) return;
		await new Promise<void>((resolve) => {
			waiting.add(resolve);
			setTimeout(resolve, MAX_HOLD_MS).unref();
		});
	};
	const links = Array.from({ length: PAGES }, (_, page) => `<a href="/page/${page}">${page}</a>`);
	const server = createServer((request, response) => {
		const isPage = request.url?.startsWith('/page/') ?? false;
		void (isPage ? held() : Promise.resolve()).then(() =>
			response
				.writeHead(200, { 'content-type': 'text/html' })
				.end(`<title>Held</title>${isPage ? '' : links.join('')}`),
		);
	});
	server.listen(0, HOST);
	await once(server, 'listening');
	return {
		url: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
		release: () => {
			isReleased = true;
			for (const answer of waiting) answer();
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
