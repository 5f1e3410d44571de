import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { load } from 'cheerio';
import type { PageView } from './job';

const FETCH_TIMEOUT_MS = 10_000;

/** A page before it is fetched. */
export interface PageTarget {
	url: string;
	parentUrl: string | null;
	depth: number;
}

type PageContent = Pick<PageView, 'httpStatus' | 'title' | 'html' | 'markdown' | 'links' | 'error'>;

const NO_CONTENT = { title: '', html: '', markdown: '', links: [] };

/** A stable page id in the form of a document database's. */
export function pageId(jobId: string, url: string): string {
	return createHash('sha256').update(`${jobId} ${url}`).digest('hex').slice(0, 24);
}

/**
 * Fetches one page and reads its title, text and links.
 * A page that cannot be had is no exception but content with an `error`.
 * @throws the abort reason when `signal` is aborted
 */
export async function fetchPage(url: string, signal: AbortSignal): Promise<PageContent> {
	try {
		const response = await fetch(url, {
			// A redirect could lead away from this machine.
			redirect: 'manual',
			signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]),
		});
		const html = await response.text();
		return response.ok
			? { httpStatus: response.status, error: null, ...readHtml(html, url) }
			: { httpStatus: response.status, error: httpError(response.status), ...NO_CONTENT };
	} catch (error) {
		signal.throwIfAborted();
		return { httpStatus: null, error: fetchError(error), ...NO_CONTENT };
	}
}

function httpError(status: number): PageView['error'] {
	return {
		code: `HTTP_${status}`,
		message: `The page answered ${status} ${STATUS_CODES[status] ?? ''}`.trim(),
	};
}

function fetchError(error: unknown): PageView['error'] {
	const reason = error instanceof Error ? error.message : String(error);
	return { code: 'FETCH_FAILED', message: `The page could not be fetched: ${reason}` };
}

function readHtml(html: string, url: string): Omit<PageContent, 'httpStatus' | 'error'> {
	const $ = load(html);
	const hrefs = $('a[href]')
		.map((_index, element) => $(element).attr('href'))
		.get();
	const blocks = $('main :is(h1, h2, h3, p, li)')
		.map((_index, element) => markdownPrefix(element.tagName) + $(element).text().trim())
		.get();
	return {
		title: $('title').text().trim(),
		html,
		markdown: blocks.join('\n\n'),
		links: absoluteLinks(hrefs, url),
	};
}

function markdownPrefix(tagName: string): string {
	if (tagName === 'li') return '- ';
	return tagName.startsWith('h') ? `${'#'.repeat(Number(tagName.slice(1)))} ` : '';
}

function absoluteLinks(hrefs: string[], base: string): string[] {
	const links = new Set<string>();
	for (const href of hrefs) {
		if (!URL.canParse(href, base)) continue;
		const link = new URL(href, base);
		link.hash = '';
		if (link.protocol === 'http:' || link.protocol === 'https:') links.add(link.href);
	}
	return [...links];
}
