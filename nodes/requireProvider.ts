import { InvalidInputError } from './shared/errors';
import { providers } from './providers';
import type { CrawlProvider } from './shared/provider';

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
