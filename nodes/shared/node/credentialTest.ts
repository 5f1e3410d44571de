import type { ICredentialTestFunction } from 'n8n-workflow';

import type { CrawlProvider } from '../provider';
import { testCredential } from './testCredential';

/**
 * The test of a provider's credential, for `methods.credentialTest` of a node. A test that a credential
 * type declares passes for whatever answers with success, and shows the codes of Node's network for
 * anything else; this one says which field to look at.
 */
export function credentialTest(
	provider: CrawlProvider,
	timeoutMs?: number,
): ICredentialTestFunction {
	return async function ({ data = {} }) {
		return await testCredential(this, provider, data, timeoutMs);
	};
}
