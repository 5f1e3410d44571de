import type { INodeParameters } from 'n8n-workflow';

import { searchList } from '../support/engine/searchList';
import { useSimulator } from '../support/useSimulator';
import { JOB_ID, pathorsNode } from './pathorsNode';

const simulator = useSimulator({ pageDelayMs: 1 });

const { nodeCall, ids, scriptJob } = pathorsNode(simulator);

describe('the lists to choose from', () => {
	const search = async (method: string, filter = '', parameters: INodeParameters = {}) => {
		const { results } = await searchList({
			...nodeCall({ resource: 'crawl', operation: 'getStatus', ...parameters }),
			method,
			filter,
		});
		return results;
	};

	it('have the projects', async () => {
		scriptJob();
		expect(await search('searchPathorsProjects', `t ${ids.projectId}`)).toEqual([
			{ name: `Project ${ids.projectId}`, value: ids.projectId },
		]);
	});

	it('have the knowledge base of the chosen project', async () => {
		scriptJob();
		expect(await search('searchPathorsKnowledgeBases')).toEqual([
			{ name: 'Website', value: ids.knowledgeBaseId },
		]);
	});

	it('have the crawls of the chosen knowledge base', async () => {
		scriptJob({ jobId: 'job0', outcome: 'failed' });
		scriptJob();
		expect(await search('searchPathorsCrawls', 'succeeded')).toEqual([
			{ name: expect.stringMatching(/^20.* · crawl$/) as string, value: JOB_ID },
		]);
	});

	it('ask for the project first', async () => {
		await expect(search('searchPathorsKnowledgeBases', '', { projectId: '' })).rejects.toThrow(
			"'Project' is missing",
		);
	});
});
