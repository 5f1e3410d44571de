import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { sign } from '../nodes/PathorsCrawler/credential';

export class PathorsDeveloperApi implements ICredentialType {
	name = 'pathorsDeveloperApi';

	displayName = 'Pathors Developer API';

	icon: Icon = {
		light: 'file:../nodes/PathorsCrawler/pathors.svg',
		dark: 'file:../nodes/PathorsCrawler/pathors.dark.svg',
	};

	documentationUrl = 'https://docs.pathors.com';

	properties: INodeProperties[] = [
		{
			displayName: 'Developer Key',
			name: 'developerKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. dk_...',
			description:
				'From Settings > Developer Keys in Pathors, where it is shown only once. Older keys, which start with sk_ or buzz_live_, no longer work.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.pathors.com',
			description: 'Change it only to reach the API through your own proxy',
		},
	];

	// A node of the provider has the test: it can say what is wrong.
	authenticate = sign;
}
