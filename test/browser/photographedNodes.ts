import type { INode, INodeParameterResourceLocator } from 'n8n-workflow';

import { describedNode } from './described';
import { newestVersion } from '../support/shownFields';

/** A node whose form is on a picture: the name of the picture, and the node as somebody fills it in. */
export interface PhotographedNode {
	picture: string;
	type: string;
	name: string;
	parameters: INode['parameters'];
}

const START = { resource: 'crawl', operation: 'start' };
const WEBSITE = 'https://www.example.com';

/** One of each provider, and the trigger. */
export const PHOTOGRAPHED_NODES: readonly PhotographedNode[] = [
	{
		picture: 'convocore-panel',
		type: 'convocoreCrawler',
		name: 'Convocore',
		parameters: {
			...START,
			workspaceId: chosen('ws_1', 'Support'),
			urls: WEBSITE,
			crawl: true,
			options: { maxPages: 20 },
		},
	},
	{
		picture: 'geonode-panel',
		type: 'geonodeCrawler',
		name: 'Geonode',
		parameters: { ...START, url: WEBSITE, options: { formats: ['markdown'], maxPages: 20 } },
	},
	{
		picture: 'highlevel-panel',
		type: 'highLevelCrawler',
		name: 'HighLevel',
		parameters: {
			...START,
			knowledgeBaseId: chosen('CCNPhKqSCkTOG8O7dtbq', 'Help Center'),
			url: WEBSITE,
		},
	},
	{
		picture: 'midpilot-panel',
		type: 'midPilotScraper',
		name: 'midPilot',
		parameters: {
			...START,
			sessionId: '',
			starterLinks: 'https://docs.example.com',
			applicationName: 'Example CRM',
		},
	},
	{
		picture: 'pathors-panel',
		type: 'pathorsCrawler',
		name: 'Pathors',
		parameters: {
			...START,
			projectId: chosen('prj_1', 'Front Desk'),
			knowledgeBaseId: chosen('kb_abc123', 'Website'),
			url: WEBSITE,
		},
	},
	{
		picture: 'trigger-panel',
		type: 'crawlFinishedTrigger',
		name: 'Trigger',
		parameters: {
			pollTimes: { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] },
			provider: 'geonode',
			push: true,
		},
	},
];

/** The node on a canvas. */
export function onCanvas(
	{ type, name, parameters }: PhotographedNode,
	credentials: INode['credentials'],
	index: number,
): INode {
	return {
		id: `photographed-${index}`,
		name,
		type: `n8n-nodes-crawl-jobs.${type}`,
		typeVersion: newestVersion(describedNode(type)),
		position: [(index % 3) * 320, Math.floor(index / 3) * 240],
		parameters,
		...(credentials && { credentials }),
	};
}

/** An entry of a list, as the editor saves it. */
function chosen(value: string, cachedResultName: string): INodeParameterResourceLocator {
	return { __rl: true, mode: 'list', value, cachedResultName };
}
