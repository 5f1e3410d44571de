import { convocore } from './ConvocoreCrawler/provider';
import { geonode } from './GeonodeCrawler/provider';
import { highLevel } from './HighLevelCrawler/provider';
import { midPilot } from './MidPilotScraper/provider';
import { pathors } from './PathorsCrawler/provider';
import type { CrawlProvider } from './shared/provider';

/**
 * Every provider of this package. A new one is a folder under `nodes/` and a line here. A package for one
 * provider is built with that one in place of this file: `scripts/build-single.mjs`.
 */
export const providers: readonly CrawlProvider[] = [
	highLevel,
	convocore,
	geonode,
	midPilot,
	pathors,
];
