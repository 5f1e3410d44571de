import { InvalidInputError } from './shared/errors';
import { convocore } from './ConvocoreCrawler/provider';
import { geonode } from './GeonodeCrawler/provider';
import { highLevel } from './HighLevelCrawler/provider';
import { midPilot } from './MidPilotScraper/provider';
import { pathors } from './PathorsCrawler/provider';
import type { CrawlProvider } from './shared/provider';

/** Every provider of this package. A new one is a folder under `nodes/` and a line here. */
export const providers: readonly CrawlProvider[] = [
	highLevel,
	convocore,
	geonode,
	midPilot,
	pathors,
];

/**
 * The provider with the given id.
 * @throws {InvalidInputError} when there is none
 */
export function requireProvider(id: string): CrawlProvider {
	const found = providers.find((provider) => provider.id === id);
	if (found !== undefined) return found;
	throw new InvalidInputError(
		`There is no provider "${id}"`,
		`Set 'Provider' to one of: ${providers.map((provider) => provider.id).join(', ')}.`,
	);
}
