import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlExpression, signWithKey } from '../nodes/shared/credentialInput';
import { answerRules } from '../nodes/shared/credentialTest';

export class HighLevelPrivateIntegrationApi implements ICredentialType {
	name = 'highLevelPrivateIntegrationApi';

	displayName = 'HighLevel Private Integration API';

	icon: Icon = {
		light: 'file:../nodes/HighLevelCrawler/highLevel.svg',
		dark: 'file:../nodes/HighLevelCrawler/highLevel.dark.svg',
	};

	documentationUrl =
		'https://marketplace.gohighlevel.com/docs/ghl/knowledge-base/knowledge-base-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Private Integration Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From Settings > Private Integrations of the sub-account, with the scopes knowledge-bases.readonly and knowledge-bases.write',
		},
		{
			displayName: 'Location ID',
			name: 'locationId',
			type: 'string',
			default: '',
			description:
				'The sub-account that the token belongs to. Used when a node does not set one, and needed to test the credential.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://services.leadconnectorhq.com',
			description: 'Change it only to reach the API through your own proxy',
		},
	];

	authenticate = signWithKey({
		field: 'token',
		label: 'Private Integration Token',
		header: 'Authorization',
		scheme: 'Bearer ',
	});

	// A token tells nothing of itself, so this needs the sub-account and the scope to read.
	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${baseUrlExpression('inPaths')} }}`,
			url: '/knowledge-bases/',
			headers: { Version: '2021-04-15' },
			qs: { locationId: '={{ $credentials.locationId.trim() }}', limit: 1 },
			disableFollowRedirect: true,
		},
		rules: answerRules(['success', 'data'], {
			400: "Enter the sub-account's 'Location ID'",
			403: "Check 'Location ID' and the scopes of the token: it does not belong to this sub-account, or lacks a scope",
			422: "Enter the sub-account's 'Location ID'",
		}),
	};
}
