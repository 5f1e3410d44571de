import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

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
			description: 'Where your midPilot connector generator runs, without /api/v1',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			placeholder: 'X-API-Key',
			description: 'Only for a server that asks for a key: the header to send it in',
		},
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for a server that asks for a key: what the header holds',
		},
	];

	// A declared header would be sent without a name when the user has none, and refused by the
	// HTTP client.
	async authenticate(
		{ headerName, headerValue }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const name = String(headerName ?? '').trim();
		if (name === '' || !headerValue) return requestOptions;
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, [name]: String(headerValue) },
		};
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/health' },
	};
}
