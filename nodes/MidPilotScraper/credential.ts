import { readHeaderName, readHeaderValue, type SignRequest } from '../shared/credentialInput';
import { RequestFault } from '../shared/errors';
import { parseBody } from '../shared/http/parseBody';
import type { CredentialTest } from '../shared/provider';
import { objectOf, toText } from '../shared/tolerant';
import { sessionPath } from './api';

/**
 * Adds the header of the user's choice, if there is one: declared in the credential type, it would be
 * sent without a name, and refused by the HTTP client.
 */
export const sign: SignRequest = (credentials, requestOptions) => {
	const name = readHeaderName(credentials.headerName, 'Header Name');
	const value = readHeaderValue(credentials.headerValue, 'Header Value');
	if (name === '' || value === '') return Promise.resolve(requestOptions);
	const headers = { ...requestOptions.headers, [name]: value };
	return Promise.resolve({ ...requestOptions, headers });
};

const toHealth = objectOf({ message: toText }, 'message');

/** What midPilot itself says of a session that it does not know, in one version or another. */
const SESSION_REFUSALS: ReadonlySet<number> = new Set([400, 404, 422, 500]);

function isAboutSession(error: unknown): boolean {
	if (!(error instanceof RequestFault) || error.isForeign) return false;
	return SESSION_REFUSALS.has(error.httpStatus ?? 0);
}

/** No server has this session. */
const NO_SESSION = '00000000-0000-4000-8000-000000000000';

/** Asks how the server is, and for a session: the first may be open where the second needs a key. */
export const credentialTest: CredentialTest = {
	sign,
	address:
		"Set 'Base URL' to the address of your midPilot connector generator, such as http://localhost:8090.",
	async run(send) {
		const { body } = await send({ method: 'GET', path: '/health' });
		parseBody(toHealth, body, 'midPilot health report');
		await send({ method: 'GET', path: `${sessionPath(NO_SESSION)}/jobs` }).catch(
			(error: unknown) => {
				if (!isAboutSession(error)) throw error;
			},
		);
	},
};
