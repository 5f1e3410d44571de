import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { CrawlProvider, CredentialSettings } from '../shared/provider';
import { toText } from '../shared/values';
import { explainError } from './errors';
import {
	apiVersionProperty,
	authenticationProperty,
	crawlReferenceProperties,
	DEFAULT_API_VERSION,
	waitForProperty,
} from './fields';
import { searchHighLevelKnowledgeBases } from './knowledgeBases';
import { listPages, statusRequest } from './pages';
import { rateLimitMs } from './rateLimit';
import { readReference } from './reference';
import { readStatus } from './status';

function readCredential(data: ICredentialDataDecryptedObject): CredentialSettings {
	const oAuthToken = (data.oauthTokenData ?? {}) as IDataObject;
	const secrets = [
		data.token,
		data.clientSecret,
		oAuthToken.access_token,
		oAuthToken.refresh_token,
	];
	return {
		baseUrl: String(data.baseUrl ?? ''),
		secrets: secrets.flatMap((secret) => toText(secret) ?? []),
		// An OAuth2 token belongs to the sub-account that was chosen when it was made.
		defaults: { locationId: toText(data.locationId) ?? toText(oAuthToken.locationId) ?? '' },
	};
}

/** HighLevel's knowledge base crawler. */
export const highLevel: CrawlProvider = {
	id: 'highLevel',
	displayName: 'HighLevel',

	credentials: [
		{
			name: 'highLevelPrivateIntegrationApi',
			required: true,
			displayOptions: {
				show: { '/provider': ['highLevel'], '/authentication': ['privateIntegration'] },
			},
		},
		{
			name: 'highLevelCrawlerOAuth2Api',
			required: true,
			displayOptions: { show: { '/provider': ['highLevel'], '/authentication': ['oAuth2'] } },
		},
	],
	credentialType: (parameter) =>
		parameter('authentication') === 'oAuth2'
			? 'highLevelCrawlerOAuth2Api'
			: 'highLevelPrivateIntegrationApi',
	readCredential,

	jobProperties: [
		authenticationProperty,
		...crawlReferenceProperties,
		waitForProperty,
		apiVersionProperty,
	],
	jobIdKey: 'operationId',
	readReference,

	searches: { searchHighLevelKnowledgeBases },

	requestHeaders: (parameter) => ({
		Version: String(parameter('apiVersion', DEFAULT_API_VERSION)),
	}),
	statusRequest,
	readStatus: (body, reference) => readStatus(body, reference),
	statusReader: (parameter) => {
		const waitFor = parameter('waitFor', 'discovery') === 'training' ? 'training' : 'discovery';
		return (body, reference) => readStatus(body, reference, waitFor);
	},
	explainError,
	rateLimitMs,

	listPages,
};
