import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startApi, type ScriptedApi } from '../support/listServer';
import { waitForCrawls } from './geonodeWait';

/* What the end of a wait says at the node of what only some answers have. */

let api: ScriptedApi;
/** What Geonode says of each crawl, by its ID. */
let crawls: Record<string, IDataObject> = {};

beforeAll(async () => {
	api = await startApi(({ path }) => {
		const jobId = path.split('/').at(-1) ?? '';
		return { body: { job_id: jobId, ...crawls[jobId] } };
	});
});
afterAll(async () => {
	await api.close();
});

const partial = (failed: number, counters: IDataObject = {}) => ({
	status: 'completed',
	completed_pages: 1,
	failed_pages: failed,
	...counters,
});

describe('pages that failed', () => {
	it.each<[string, IDataObject[]]>([
		[
			'2 succeeded, 5 of 13 pages failed',
			[partial(2, { total_pages: 6 }), partial(3, { total_pages: 7 })],
		],
		['2 succeeded, 5 pages failed', [partial(2, { total_pages: 6 }), partial(3)]],
		['2 succeeded, 2 of 6 pages failed', [partial(2, { total_pages: 6 }), partial(0)]],
		['1 failed (see Failed)', [partial(2, { status: 'failed' })]],
	])('%s', async (text, answers) => {
		const [summary] = await hintsAfter(answers);
		expect(summary).toBe(`Crawls: ${text}`);
	});
});

describe('warnings', () => {
	const odd = (status: string) => ({ status, total_pages: 1, completed_pages: 1 });
	const giveUp = { maxWaitMinutes: 0 };

	it('are shown as text, with whatever a server has put into them', async () => {
		const [, warning] = await hintsAfter([odd('<b>odd</b>')], giveUp);
		expect(warning).toContain('"‹b›odd‹/b›" is unknown');
	});

	it('are shown once', async () => {
		const [, warning] = await hintsAfter([odd('odd'), odd('odd')], giveUp);
		expect(warning).toMatch(/counts as still running\.$/);
	});

	it('are counted beyond the first', async () => {
		const [, warning] = await hintsAfter([odd('odd'), odd('odder'), odd('oddest')], giveUp);
		expect(warning).toMatch(/"odd" is unknown .+ \(and 2 more in 'warnings'\)$/);
	});
});

async function hintsAfter(answers: IDataObject[], options?: INodeParameters): Promise<string[]> {
	crawls = Object.fromEntries(answers.map((answer, index) => [`job${index}`, answer]));
	const credentials = { geonodeScraperApi: { apiKey: 'key-of-this-test', baseUrl: api.url } };
	const run = await waitForCrawls(credentials, Object.keys(crawls), options);
	return run.hintsOf('Wait').map(({ message }) => message);
}
