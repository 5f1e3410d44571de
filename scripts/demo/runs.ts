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
];
