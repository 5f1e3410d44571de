import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { providers } from '../providers';
import { InvalidInputError } from '../shared/errors';
import { isBlank, textOf } from '../shared/input';
import { itemParameters } from '../shared/node/parameters';
import type { CrawlProvider, ReadParameter } from '../shared/provider';
import { fieldOf } from '../shared/tolerant';

/*
 * The provider *Automatic*: each item names its own, as the items of this package do, and holds the
 * ids where the fields of that provider read them by default.
 */

const ADVICE =
	"Connect a node of this package that outputs crawls, for example with the operation 'Start', or choose the service under 'Provider'.";

/** @throws {InvalidInputError} when the item names no provider, or one that does not exist */
export function providerOfItem({ provider: id }: IDataObject): CrawlProvider {
	const found = providers.find((provider) => provider.id === id);
	if (found !== undefined) return found;
	throw new InvalidInputError(
		isBlank(id)
			? "'Provider' is Automatic, but this item names no provider"
			: `'Provider' is Automatic, but this item names the provider ${JSON.stringify(textOf(id))}, which does not exist`,
		ADVICE,
	);
}

/** Reads what a provider's fields would read by default: ids from the item, settings from the options. */
export function automaticParameters(
	context: IExecuteFunctions,
	itemIndex: number,
	{ jobProperties, jobSettings }: CrawlProvider,
): ReadParameter {
	const given = itemParameters(context, itemIndex);
	return (name, fallback) => {
		const field = jobProperties.find((property) => property.name === name);
		if (field === undefined) return given(name, fallback);
		if (jobSettings?.includes(field)) return given(`options.${name}`, field.default);
		const initial = textOf(fieldOf(field.default, 'value') ?? field.default);
		if (!initial.startsWith('=')) return fallback ?? initial;
		return context.evaluateExpression(initial.slice(1), itemIndex);
	};
}
