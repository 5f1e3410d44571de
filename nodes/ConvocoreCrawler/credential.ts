import { signWithKey } from '../shared/credentialInput';
import { optionalId } from '../shared/input';
import type { CredentialTest } from '../shared/provider';
import { parseBody } from '../shared/http/parseBody';
import { toObject } from '../shared/tolerant';
import { jobsPath, readData } from './api';
import { fetchAgents } from './lists';

/** Signs a request as the API asks for. */
export const sign = signWithKey({
	field: 'workspaceSecret',
	label: 'Workspace Secret',
	header: 'Authorization',
	scheme: 'Bearer ',
});

const WRONG_WORKSPACE =
	"Check 'Workspace ID' and 'Region': 'Workspace Secret' must be the secret of this workspace, in the region where it was created.";

/** An answer of Convocore's, whose `data` is empty in a workspace without crawls. */
function toEnvelope(value: unknown): object | null {
	const body = toObject(value);
	return body !== null && ('success' in body || 'data' in body) ? body : null;
}

/** Elsewhere, nothing at all stands for an empty list; here it may come from any server. */
function toAnything(value: unknown): object | null {
	return typeof value === 'object' ? value : null;
}

/** With a workspace, asks for its crawls: that finds a wrong ID or region, too. Else for an agent. */
export const credentialTest: CredentialTest = {
	sign,
	address:
		"Choose the 'Region' of the workspace. 'Base URL' is for a proxy of your own, and ends in /v3.",
	advice: { 403: WRONG_WORKSPACE, 404: WRONG_WORKSPACE },
	async run(send, defaults) {
		const workspaceId = optionalId(defaults.workspaceId, 'Workspace ID');
		if (workspaceId === '') {
			await fetchAgents(async (request) => {
				const answer = await send(request);
				parseBody(toAnything, answer.body, 'list of Convocore agents');
				return answer;
			}, 1);
			return;
		}
		const { body } = await send({
			method: 'GET',
			path: jobsPath(workspaceId),
			query: { page: 1, limit: 1 },
		});
		const what = 'list of Convocore crawls';
		readData(parseBody(toEnvelope, body, what), what);
	},
};
