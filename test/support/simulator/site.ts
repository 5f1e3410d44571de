import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const SITE_FOLDER = join(__dirname, 'site');
const ROBOTS_TXT = 'User-agent: *\nDisallow: /site/internal/\n';

const SLOW_PAGES = 48;
const SLOW_PAGE_MS = 400;
const SLOW_PAGE_LINKS = 4;

/**
 * The website that is crawled: the files in `site/` (`a.html` is `/site/a`, `index.html` its
 * folder), a large area of slow pages under `/site/slow/`, and `/site/down/`, which never works.
 */
export function mountSite(app: FastifyInstance): void {
	for (const { path, html } of readPages()) {
		app.get(path, (_request, reply) => reply.type('text/html').send(html));
	}

	app.get('/robots.txt', (_request, reply) => reply.type('text/plain').send(ROBOTS_TXT));

	app.get<{ Params: { number?: string } }>('/site/slow/:number?', async (request, reply) => {
		await sleep(SLOW_PAGE_MS, undefined, { ref: false });
		return reply.type('text/html').send(slowPage(Number(request.params.number ?? 0)));
	});

	app.get('/site/down', (_request, reply) =>
		reply.code(503).type('text/html').send('<!doctype html><h1>Down for maintenance</h1>'),
	);
}

function readPages(): Array<{ path: string; html: string }> {
	return readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.html'))
		.map((file) => ({ path: pagePath(file), html: readFileSync(join(SITE_FOLDER, file), 'utf8') }));
}

function pagePath(file: string): string {
	const name = file
		.split(sep)
		.join('/')
		.replace(/\.html$/, '');
	return `/site/${name.replace(/(^|\/)index$/, '$1')}`;
}

/** Page 0 is the area's entry; every page links to its children in a tree. */
function slowPage(number: number): string {
	const children = Array.from(
		{ length: SLOW_PAGE_LINKS },
		(_none, index) => number * SLOW_PAGE_LINKS + index + 1,
	).filter((child) => child <= SLOW_PAGES);
	const links = children.map((child) => `<a href="/site/slow/${child}">Record ${child}</a>`);
	return `<!doctype html><title>Archive ${number}</title><main><h1>Archive ${number}</h1><p>${links.join(' ')}</p></main>`;
}
