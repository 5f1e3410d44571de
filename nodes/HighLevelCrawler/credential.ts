import { signWithKey } from '../shared/credentialInput';
import { InvalidInputError } from '../shared/errors';
import { optionalId } from '../shared/input';
import type { CredentialTest } from '../shared/provider';
import { listKnowledgeBases } from './lists';

/** Signs a request with a private integration's token. */
export const sign = signWithKey({
	field: 'token',
	label: 'Private Integration Token',
	header: 'Authorization',
	scheme: 'Bearer ',
});

const WRONG_LOCATION =
	"Check 'Location ID': HighLevel shows it in the sub-account under Settings > Business Profile.";

/** Asks for the knowledge bases of the sub-account: a token tells nothing of itself. */
export const credentialTest: CredentialTest = {
	sign,
	address:
		"Set 'Base URL' to https://services.leadconnectorhq.com, or to your own proxy in front of it.",
	advice: { 400: WRONG_LOCATION, 404: WRONG_LOCATION, 422: WRONG_LOCATION },
	async run(send, defaults) {
		const locationId = optionalId(defaults.locationId, 'Location ID');
		if (locationId === '') {
			throw new InvalidInputError(
				"'Location ID' is missing",
				'Enter it to test the credential. HighLevel shows it in the sub-account under Settings > Business Profile.',
			);
		}
		await listKnowledgeBases(send, { locationId, name: '' }).fetchSlice('');
	},
};
