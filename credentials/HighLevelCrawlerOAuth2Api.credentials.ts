import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlExpression } from '../nodes/shared/credentialInput';
import { answerRules } from '../nodes/HighLevelCrawler/answerRules';

export class HighLevelCrawlerOAuth2Api implements ICredentialType {
	name = 'highLevelCrawlerOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'HighLevel Crawler OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/HighLevelCrawler/highLevel.svg',
		dark: 'file:../nodes/HighLevelCrawler/highLevel.dark.svg',
	};

	documentationUrl =
		'https://marketplace.gohighlevel.com/docs/ghl/knowledge-base/knowledge-base-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'options',
			options: [
				{
					name: 'Standard',
					value: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
				},
				{
					name: 'White-Label',
					value: 'https://marketplace.leadconnectorhq.com/v2/oauth/chooselocation',
				},
			],
			default: 'https://marketplace.gohighlevel.com/v2/oauth/chooselocation',
			required: true,
			description: 'Where to sign in. Choose a sub-account there, not the agency.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to reach the API through your own proxy',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${baseUrlExpression('inPaths', '$self')} }}/oauth/token`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'knowledge-bases.readonly knowledge-bases.write',
			description:
				'The scopes to ask for, with spaces between them. The Marketplace app must have them, too.',
		},
		{
			displayName: 'Version ID',
			name: 'versionId',
			type: 'string',
			default: '',
			description:
				'Only for a draft or private Marketplace app, which HighLevel refuses to connect without it. It is the version_id in the installation link of the app.',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default:
				'={{ $self["versionId"].trim() ? "version_id=" + encodeURIComponent($self["versionId"].trim()) : "" }}',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'body',
		},
	];

	// n8n's editor does not offer to test a credential that is connected by signing in; its API does.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${baseUrlExpression('inPaths')} }}`,
			url: '/knowledge-bases/',
			headers: { Version: '2021-04-15' },
			qs: { locationId: '={{ $credentials.oauthTokenData?.locationId }}', limit: 1 },
			disableFollowRedirect: true,
		},
		rules: answerRules(['success', 'data'], {
			401: 'Connect again, and choose a sub-account',
			403: 'Connect again, and choose the sub-account. The app may also lack a scope',
		}),
	};
}
