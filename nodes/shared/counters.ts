import type { CrawlCounters } from './crawlJob';
import { fieldOf, toCount } from './tolerant';

export interface ReadCounters {
	counters: Partial<CrawlCounters>;
	/** One sentence for each counter that is there but cannot be read. */
	warnings: string[];
}

/**
 * Reads page counters out of a body.
 * @param fields which field of the body holds which counter
 */
export function readCounters(
	body: unknown,
	fields: Partial<Record<keyof CrawlCounters, string>>,
): ReadCounters {
	const counters: Partial<CrawlCounters> = {};
	const warnings: string[] = [];
	for (const [counter, field] of Object.entries(fields) as Array<[keyof CrawlCounters, string]>) {
		const value = fieldOf(body, field);
		counters[counter] = toCount(value);
		if (counters[counter] === null && value !== undefined && value !== null) {
			warnings.push(`The counter ${field} could not be read, so it is left out.`);
		}
	}
	return { counters, warnings };
}
