import type { PageView, PendingPage } from './job';
import type { CompleteScript } from './jobScript';
import { pageId } from './page';

/** The levels of links over which the pages of a scripted job are spread. */
const LEVELS = 4;
const PAGE_DURATION_MS = 120;

/** The finished page of a scripted job with this index, counted from 0. */
export function scriptedPage(script: CompleteScript, index: number, finishedAt: number): PageView {
	const pending = scriptedPendingPage(script, index);
	const title = `Page ${index + 1}`;
	const text = `This is page ${index + 1} of ${script.url}.`;
	const page = {
		id: pageId(script.jobId, pending.url),
		...pending,
		parentUrl: index === 0 ? null : script.url,
		links: [],
		durationMs: PAGE_DURATION_MS,
		finishedAt,
	};
	if (pageFails(script, index)) {
		const error = { code: 'HTTP_500', message: 'The page answered 500 Internal Server Error' };
		return { ...page, httpStatus: 500, title: '', html: '', markdown: '', error };
	}
	return {
		...page,
		httpStatus: 200,
		title,
		html: `<h1>${title}</h1><p>${text}</p>`,
		markdown: `# ${title}\n\n${text}`,
		error: null,
	};
}

/** The same page before it is finished. */
export function scriptedPendingPage(script: CompleteScript, index: number): PendingPage {
	return {
		url: index === 0 ? script.url : new URL(`page-${index + 1}`, script.url).href,
		depth: 1 + Math.floor((index * LEVELS) / Math.max(1, script.pages)),
	};
}

/** Every fifth page of a partial job, and in a small one the last. */
function pageFails({ outcome, pages }: CompleteScript, index: number): boolean {
	if (outcome !== 'partial') return false;
	return pages < 5 ? index === pages - 1 : index % 5 === 4;
}
