import type { JobReference } from '../shared/crawlJob';
import { InvalidInputError, optionalId, requireId } from '../shared/identifiers';
import type { ReadParameter } from '../shared/provider';

/**
 * The sub-account to work in: the node's, else the credential's.
 * @throws {InvalidInputError} when neither says one
 */
export function readLocationId(parameter: ReadParameter, defaults: JobReference): string {
	const locationId = optionalId(parameter('locationId', ''), 'Location ID') || defaults.locationId;
	if (locationId) return locationId;
	throw new InvalidInputError(
		'Location ID is missing',
		'Fill it in here or in the credential. HighLevel shows it in the sub-account under Settings > Business Profile, and in the address of the sub-account after /location/. With OAuth2 it comes with the connection: connect again and choose a sub-account.',
	);
}

/**
 * The ids that name a knowledge base.
 * @throws {InvalidInputError} for one that is missing or malformed
 */
export function readKnowledgeBase(
	parameter: ReadParameter,
	defaults: JobReference,
): { locationId: string; knowledgeBaseId: string } {
	return {
		locationId: readLocationId(parameter, defaults),
		knowledgeBaseId: requireId(parameter('knowledgeBaseId'), 'Knowledge Base'),
	};
}

/**
 * The ids that name a crawl.
 * @throws {InvalidInputError} for one that is missing or malformed
 */
export function readReference(parameter: ReadParameter, defaults: JobReference): JobReference {
	return {
		...readKnowledgeBase(parameter, defaults),
		operationId: requireId(parameter('operationId'), 'Operation ID'),
	};
}
