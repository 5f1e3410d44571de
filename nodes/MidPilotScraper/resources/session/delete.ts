import { RequestFault } from '../../../shared/errors';
import type { ResourceOperation } from '../../../shared/node/operations';
import { publicText } from '../../../shared/sanitize';
import { fieldOf } from '../../../shared/tolerant';
import { explainError, sessionPath } from '../../api';
import { readSessionId, sessionProperty } from '../../fields';

/** Deletes a session with its crawls and documents. */
export const deleteSession: ResourceOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete session',
	description: 'Delete a session and everything in it',
	properties: [
		{
			displayName:
				'Deleting a session also deletes its crawls and all pages saved in it. This cannot be undone.',
			name: 'deleteNotice',
			type: 'notice',
			default: '',
		},
		sessionProperty,
	],
	async run({ parameter, send }) {
		const sessionId = readSessionId(parameter);
		const { body } = await send({ method: 'DELETE', path: sessionPath(sessionId) });
		requireDeletion(body);
		return [{ deleted: true, sessionId, reference: { sessionId } }];
	},
};

/** What the answer holds is not documented, but a refusal must not pass for a deletion. */
function requireDeletion(body: unknown): void {
	const { message } = explainError(200, body);
	if (message === undefined && fieldOf(body, 'success') !== false) return;
	throw new RequestFault('permanent', 'midPilot did not delete the session', {
		advice: "Check 'Session ID', and whether the session still exists.",
		serverSays: message ? `midPilot says: ${publicText(message)}` : null,
	});
}
