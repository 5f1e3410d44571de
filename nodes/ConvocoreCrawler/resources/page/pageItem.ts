import type { JobReference } from '../../../shared/crawlJob';
import { toCount, toIsoTime, toText } from '../../../shared/tolerant';
import type { SimplePage } from '../../outputSchemas';

/** What *Simplify* leaves of a page, without its content. */
export function simplePage(page: Readonly<Record<string, unknown>>): SimplePage {
	return {
		url: toText(page.url),
		title: toText(page.title),
		description: toText(page.description),
		failed: page.failed === true,
		scrapedAt: toIsoTime(page.scrapedAt),
		characters: toCount(page.mdCharCount),
	};
}

/** The page with its ids, so that the default of every field of the next node finds its value. */
export function withReference(page: object, reference: JobReference): object {
	return { ...page, jobId: reference.jobId, reference };
}
