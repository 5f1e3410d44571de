import type { ResourceOperation } from '../../../shared/node/operations';
import { sessionPath } from '../../api';
import { readSessionId, sessionProperty } from '../../fields';

/** Deletes a session with its crawls and documents. */
export const deleteSession: ResourceOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete a session',
	description: 'Delete a session with all that it holds',
	properties: [
		{
			displayName:
				'Deleting a session also destroys its crawls and all documents saved in it. This cannot be undone.',
			name: 'deleteNotice',
			type: 'notice',
			default: '',
		},
		sessionProperty,
	],
	async run({ parameter, send }) {
		const sessionId = readSessionId(parameter);
		await send({ method: 'DELETE', path: sessionPath(sessionId) });
		return [{ deleted: true, sessionId, reference: { sessionId } }];
	},
};
