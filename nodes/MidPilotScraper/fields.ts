import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { optionalId, requireId } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';

const SESSION_LABEL = 'Session ID';

/** The field for a session. The API lists no sessions, so there is nothing to choose from. */
export const sessionProperty: INodeProperties = {
	displayName: SESSION_LABEL,
	name: 'sessionId',
	type: 'string',
	default: '={{ $json.reference.sessionId }}',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: 'By default, the session from the input item',
};

/** The fields that name a crawl; read them with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	sessionProperty,
	{
		displayName: 'Crawl',
		name: 'jobId',
		description:
			'By default, the crawl from the input item. Leave empty to use the latest of the session.',
		...idOrList(
			'searchMidPilotCrawls',
			'={{ $json.jobId }}',
			'9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b',
		),
	},
];

/** The field that says which session's crawls to list. */
export const listProperties: INodeProperties[] = [
	{
		...sessionProperty,
		required: true,
		default: '',
		description: 'The session whose crawls to look for',
	},
];

/** @throws {InvalidInputError} for a missing session, or a malformed id */
export function readReference(parameter: ReadParameter): JobReference {
	return {
		sessionId: readSessionId(parameter),
		jobId: optionalId(parameter('jobId'), 'Crawl'),
	};
}

/** @throws {InvalidInputError} when it is missing or malformed */
export function readSessionId(parameter: ReadParameter): string {
	return requireId(parameter('sessionId'), SESSION_LABEL);
}

/** Like {@link readSessionId}, but a missing id is fine and gives an empty text. */
export function readOptionalSessionId(parameter: ReadParameter): string {
	return optionalId(parameter('sessionId'), SESSION_LABEL);
}
