import { config } from '@n8n/node-cli/eslint';

export default [
	...config,
	{ ignores: ['dist/**', 'node_modules/**'] },
	{
		// By their names, the rule does not see that these fields hold secrets.
		files: [
			'credentials/MidPilotApi.credentials.ts',
			'credentials/PathorsDeveloperApi.credentials.ts',
		],
		rules: { '@n8n/community-nodes/credential-unnecessary-password': 'off' },
	},
	{
		// The tests and scripts run on Node itself, not inside n8n's sandbox for community code.
		files: ['test/**/*.ts', 'scripts/**/*.ts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/node-usable-as-tool': 'off',
		},
	},
];
