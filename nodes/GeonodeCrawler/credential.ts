import { signWithKey } from '../shared/credentialInput';
import { parseBody } from '../shared/http/parseBody';
import type { CredentialTest, StatusMeaning } from '../shared/provider';
import { objectOf, toEntries } from '../shared/tolerant';
import { CRAWL_PATH } from './api';

/** Signs a request as the API asks for. */
export const sign = signWithKey({ field: 'apiKey', label: 'API Key', header: 'X-Api-Key' });

// Geonode's older documentation says that crawls are not open to every account yet.
const NOT_OPEN: StatusMeaning = {
	message: 'does not offer crawls to this account',
	advice:
		"Check that 'API Key' is a key of Geonode's Scraper API, and ask Geonode for access to crawls.",
};

const toJobList = objectOf({ jobs: toEntries }, 'jobs');

/** Asks for the latest crawl of the account. */
export const credentialTest: CredentialTest = {
	sign,
	address: "Set 'Base URL' to https://scraper.geonode.io, or to your own proxy in front of it.",
	async run(send) {
		const { body } = await send({
			method: 'GET',
			path: `${CRAWL_PATH}/jobs`,
			query: { page: 1, page_size: 1 },
			meanings: { 404: NOT_OPEN, 501: NOT_OPEN },
		});
		parseBody(toJobList, body, 'list of Geonode crawls');
	},
};
