import { sublimeSearch } from '@n8n/utils/search/sublime-search';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { registeredNodes } from './support/engine/packageTypes';

/*
 * n8n's editor finds a node by its display name and by the aliases in its `.node.json`. This is the
 * editor's own search; the other nodes that it would find beside ours are not here.
 */

const CRAWLERS = [
	'Convocore Crawler',
	'Geonode Crawler',
	'HighLevel Crawler',
	'midPilot Scraper',
	'Pathors Crawler',
];
const WAIT = 'Wait Until Crawl Done';
const TRIGGER = 'Crawl Finished Trigger';
const KNOWLEDGE_BASES = ['Convocore Crawler', 'HighLevel Crawler', 'Pathors Crawler'];

const nodes = registeredNodes.map(({ node, folder }) => ({
	properties: {
		displayName: node.description.displayName,
		codex: readCodex(folder),
	},
}));

describe('the search of the editor', () => {
	it.each([
		['crawl', [...CRAWLERS, WAIT, TRIGGER]],
		['crawling', [...CRAWLERS, WAIT, TRIGGER]],
		['crawler', ['Convocore Crawler', 'Geonode Crawler', 'HighLevel Crawler', 'Pathors Crawler']],
		['crawl website', ['Geonode Crawler', 'HighLevel Crawler']],
		['scrape', ['Geonode Crawler', 'midPilot Scraper']],
		['scrape website', ['Geonode Crawler', 'midPilot Scraper']],
		['scraper', ['Geonode Crawler', 'midPilot Scraper']],
		['scraping', CRAWLERS],
		['web scraping', CRAWLERS],
		['website', CRAWLERS],
		['sitemap', ['Convocore Crawler', 'Geonode Crawler', 'Pathors Crawler']],
		['spider', ['Geonode Crawler', 'midPilot Scraper', 'Pathors Crawler']],
		['ingest', ['Convocore Crawler', 'Geonode Crawler', 'Pathors Crawler']],
		['knowledge base', KNOWLEDGE_BASES],
		['GoHighLevel', ['HighLevel Crawler']],
		['GHL', ['HighLevel Crawler']],
		['High Level', ['HighLevel Crawler']],
		['LeadConnector', ['HighLevel Crawler']],
		['VoiceGlow', ['Convocore Crawler']],
		['Evolveum', ['midPilot Scraper']],
		['midPoint', ['midPilot Scraper']],
		['wait', [WAIT]],
		['wait for', [WAIT]],
		['wait until', [WAIT]],
		['job status', [WAIT]],
		['poll', [WAIT, TRIGGER]],
		['polling', [WAIT, TRIGGER]],
		['monitor', [WAIT, TRIGGER]],
		['finished', [WAIT, TRIGGER]],
		['done', [WAIT, TRIGGER]],
	])('finds by "%s": %p', (words, expected) => {
		const found = sublimeSearch(words, nodes).map(({ item }) => item.properties.displayName);
		expect(found).toEqual(expect.arrayContaining(expected));
	});

	it.each(registeredNodes.map(({ node, folder }) => [node.description.displayName, folder]))(
		'has four to eight aliases for %s',
		(_, folder) => {
			const { alias = [] } = readCodex(folder);
			expect(alias.length).toBeGreaterThanOrEqual(4);
			expect(alias.length).toBeLessThanOrEqual(8);
		},
	);
});

function readCodex(folder: string): { alias?: string[] } {
	const name = folder.split(/[/\\]/).at(-1) ?? '';
	return JSON.parse(readFileSync(join(folder, `${name}.node.json`), 'utf8')) as {
		alias?: string[];
	};
}
