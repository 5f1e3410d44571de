/**
 * Records the counters of a real crawl of the simulator's website as the share of its length at
 * which each page was finished: `tsx test/bench/recordCrawl.ts > test/bench/recordedCrawl.json`.
 */
import { Crawl } from '../support/simulator/crawler';
import { startSimulator } from '../support/simulator';
import type { RecordedPage } from './curves';

const PAGE_DELAY_MS = 250;

async function recordCrawl(siteUrl: string): Promise<RecordedPage[]> {
	const startedAt = Date.now();
	const pages: { at: number; finished: number; total: number }[] = [];
	await new Promise<void>((resolve) => {
		const crawl: Crawl = new Crawl({
			seeds: [siteUrl],
			maxDepth: 10,
			maxPages: 100,
			follows: (link) => link.href.startsWith(siteUrl),
			pageDelayMs: PAGE_DELAY_MS,
			onPage() {
				const { completed, failed, total } = crawl.view().counts;
				pages.push({ at: Date.now() - startedAt, finished: completed + failed, total });
			},
			onFinished: () => resolve(),
		});
	});
	const length = pages.at(-1)?.at ?? 0;
	return pages.map(({ at, ...counts }) => ({ share: Number((at / length).toFixed(4)), ...counts }));
}

async function main(): Promise<void> {
	const simulator = await startSimulator();
	try {
		const pages = await recordCrawl(simulator.siteUrl);
		console.log(`[\n${pages.map((page) => `\t${JSON.stringify(page)}`).join(',\n')}\n]`);
	} finally {
		await simulator.close();
	}
}

void main();
