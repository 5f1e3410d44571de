import type { Simulator } from '../../test/support/simulator';

/** The outputs of the node Wait Until Crawl Done, in its order. */
export const BRANCHES = ['Success', 'Failed', 'Cancelled', 'Still Running'] as const;

export type Branch = (typeof BRANCHES)[number];

/** One call of an example workflow and what it has to lead to. */
export interface DemoRun {
	title: string;
	/** The name of the workflow's file in `examples/`. */
	example: string;
	/** Of the workflow's webhook. */
	webhookPath: string;
	/** What to crawl, below the address of the simulated website. */
	sitePath: string;
	/** The provider's ids that the workflow expects beside the address. */
	ids?: (simulator: Simulator) => Record<string, string>;
	expectedBranch: Branch;
	expectedCrmCalls: number;
}

export const DEMO_RUNS: DemoRun[] = [
	{
		title: 'Geonode: a website is crawled',
		example: 'crawl-to-crm.json',
		webhookPath: 'crawl-to-crm',
		sitePath: '',
		expectedBranch: 'Success',
		expectedCrmCalls: 1,
	},
	{
		title: 'Geonode: the website is down',
		example: 'report-failed-crawl.json',
		webhookPath: 'report-failed-crawl',
		sitePath: 'down/',
		expectedBranch: 'Failed',
		expectedCrmCalls: 0,
	},
	{
		title: 'Geonode: the crawl is cancelled',
		example: 'cancel-crawl.json',
		webhookPath: 'cancel-crawl',
		sitePath: 'slow/',
		expectedBranch: 'Cancelled',
		expectedCrmCalls: 0,
	},
	{
		title: 'HighLevel: a website is discovered and trained',
		example: 'highlevel-train-website.json',
		webhookPath: 'highlevel-train-website',
		sitePath: 'handbook/',
		ids: ({ ids }) => ({ knowledgeBaseId: ids.highLevel.knowledgeBaseId }),
		expectedBranch: 'Success',
		expectedCrmCalls: 0,
	},
	{
		title: 'Convocore: a website is crawled',
		example: 'convocore-crawl.json',
		webhookPath: 'convocore-crawl',
		sitePath: 'handbook/',
		expectedBranch: 'Success',
		expectedCrmCalls: 0,
	},
	{
		title: 'midPilot: documentation is scraped',
		example: 'midpilot-scrape.json',
		webhookPath: 'midpilot-scrape',
		sitePath: 'handbook/',
		expectedBranch: 'Success',
		expectedCrmCalls: 0,
	},
	{
		title: 'Pathors: a website is crawled into a knowledge base',
		example: 'pathors-crawl.json',
		webhookPath: 'pathors-crawl',
		sitePath: 'handbook/',
		ids: ({ ids }) => ids.pathors,
		expectedBranch: 'Success',
		expectedCrmCalls: 0,
	},
];
