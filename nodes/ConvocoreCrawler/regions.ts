import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readBaseUrl } from '../shared/credentialInput';

/** The API's public addresses by the credential's region. */
export const REGION_BASE_URLS = {
	eu: 'https://eu-gcp-api.vg-stuff.com/v3',
	na: 'https://na-gcp-api.vg-stuff.com/v3',
} as const;

/** Where a credential's requests go: to its region, or to an address of its own. */
export function baseUrlOf({ region, baseUrl }: ICredentialDataDecryptedObject): string {
	if (region === 'custom') return readBaseUrl(baseUrl, 'inBaseUrl');
	return region === 'na' ? REGION_BASE_URLS.na : REGION_BASE_URLS.eu;
}
