import { signWithKey } from '../shared/credentialInput';
import { parseBody } from '../shared/http/parseBody';
import type { CredentialTest } from '../shared/provider';
import { PROJECTS_PATH, toNamedEntries } from './lists';

/** Signs a request as the API asks for. */
export const sign = signWithKey({
	field: 'developerKey',
	label: 'Developer Key',
	header: 'Authorization',
	scheme: 'Bearer ',
});

/** Asks for the projects of the key's owner. */
export const credentialTest: CredentialTest = {
	sign,
	address: "Set 'Base URL' to https://api.pathors.com, or to your own proxy in front of it.",
	advice: {
		403: "Check in Pathors what the key may do, or create another one and enter it as 'Developer Key'.",
	},
	async run(send) {
		const { body } = await send({ method: 'GET', path: PROJECTS_PATH });
		parseBody(
			(value) => (value === null ? null : toNamedEntries(value)),
			body,
			'list of Pathors projects',
		);
	},
};
