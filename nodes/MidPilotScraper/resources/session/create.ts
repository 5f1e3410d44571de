import { optionalId } from '../../../shared/input';
import { optionsProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { createSession } from '../../api';

/** Makes a session, with an id of the user's or of the server's choice. */
export const create: ResourceOperation = {
	name: 'Create',
	value: 'create',
	action: 'Create session',
	description: 'Create a session to crawl in',
	properties: [
		optionsProperty([
			{
				displayName: 'Session ID',
				name: 'newSessionId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
				description: 'A UUID of your choice. Leave empty to let the server choose one.',
			},
		]),
	],
	async run({ parameter, send }) {
		const { newSessionId } = parameter('options', {}) as { newSessionId?: unknown };
		const sessionId = await createSession(send, optionalId(newSessionId, 'Session ID'));
		return [{ sessionId, reference: { sessionId } }];
	},
};
