import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import {
	baseUrlExpression,
	readHeaderName,
	readHeaderValue,
} from '../nodes/shared/credentialInput';
import { answerRules } from '../nodes/shared/credentialTest';

export class MidPilotApi implements ICredentialType {
	name = 'midPilotApi';

	displayName = 'midPilot API';

	icon: Icon = {
		light: 'file:../nodes/MidPilotScraper/midPilot.svg',
		dark: 'file:../nodes/MidPilotScraper/midPilot.dark.svg',
	};

	documentationUrl = 'https://docs.evolveum.com/midpoint/projects/midpilot/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://localhost:8090',
			description: 'The address of your midPilot connector generator, without /api/v1',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-API-Key',
			description: 'The header that holds the key. Only for servers that require one.',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The key itself. Only for servers that require one.',
		},
	];

	// A declared header would be sent without a name when the user has none, and refused by the
	// HTTP client.
	authenticate = (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const name = readHeaderName(credentials.headerName, 'Header Name');
		const value = readHeaderValue(credentials.headerValue, 'Header Value');
		if (name === '' || value === '') return Promise.resolve(requestOptions);
		const headers = { ...requestOptions.headers, [name]: value };
		return Promise.resolve({ ...requestOptions, headers });
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${baseUrlExpression('inPaths')} }}`,
			url: '/health',
			disableFollowRedirect: true,
		},
		rules: answerRules(['message']),
	};
}
