import type { IDataObject } from 'n8n-workflow';

import { providers } from '../providers';
import type { JobReference } from '../shared/crawlJob';
import { InvalidInputError } from '../shared/errors';
import type { CrawlProvider } from '../shared/provider';
import { fieldsOf, toObject, toText } from '../shared/tolerant';

/**
 * Reads which crawl to wait for, and refuses one that another provider runs: asked for at the chosen
 * provider, its ids are missing, or name nothing. An item may be the crawl of another provider all
 * the same, as long as the ids do not come from it.
 * @param read gives the ids, out of the fields that the item has filled
 * @throws {InvalidInputError} where the item is the crawl of another provider, and whatever `read` throws
 */
export function readOwnReference(
	item: IDataObject,
	chosen: CrawlProvider,
	read: () => JobReference,
): JobReference {
	const other = providers.find(({ id }) => id === item.provider);
	if (other === undefined || other === chosen) return read();
	let reference: JobReference;
	try {
		reference = read();
	} catch {
		throw notOf(chosen, other);
	}
	const itsIds = new Set([
		toText(item.jobId),
		...fieldsOf(toObject(item.reference) ?? {}).map(([, id]) => toText(id)),
	]);
	itsIds.delete(null);
	if (Object.values(reference).some((id) => itsIds.has(id))) throw notOf(chosen, other);
	return reference;
}

function notOf(chosen: CrawlProvider, other: CrawlProvider): InvalidInputError {
	return new InvalidInputError(
		`This item is a ${other.displayName} crawl, but 'Provider' is ${chosen.displayName}`,
		`Set 'Provider' to ${other.displayName} or Automatic, or enter the IDs of a ${chosen.displayName} crawl.`,
	);
}
