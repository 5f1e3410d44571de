import { runInNewContext } from 'node:vm';
import type { IDataObject } from 'n8n-workflow';

import { loadExample } from './n8n/exampleWorkflow';

/** The page that `examples/crawl-report.json` makes of crawls. */
export interface CrawlReport {
	subject: string;
	html: string;
}

const EXAMPLE = 'crawl-report.json';
const NODE = 'Crawl Report';

/** Runs the code of the example on items that are CrawlJobs, without n8n. */
export function crawlReport(jobs: readonly object[]): CrawlReport {
	const { nodes } = loadExample(EXAMPLE, {}, ({ name }) => name === NODE);
	const code = nodes[0]?.parameters.jsCode as string;
	const $input = { all: () => jobs.map((json) => ({ json: json as IDataObject })) };
	const [page] = runInNewContext(`(() => {${code}})()`, { $input }) as Array<{ json: CrawlReport }>;
	return page?.json ?? { subject: '', html: '' };
}
