import { existsSync, readdirSync } from 'node:fs';

import { config } from '@n8n/node-cli/eslint';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;

const nodeFolders = readdirSync(`${root}/nodes`, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
	.map(({ name }) => `nodes/${name}`);

/** The folders of the providers; each says what it is in a file of this name. */
const providerFolders = nodeFolders.filter((folder) => existsSync(`${root}/${folder}/provider.ts`));

/** The nodes that work with every provider. */
const commonNodes = nodeFolders.filter((folder) => !providerFolders.includes(folder));

/** The files of `nodes/shared` that know what a provider is. */
const PROVIDER_FILES = ['checkStatus', 'choices', 'earlierCrawls', 'listedJob', 'provider', 'push'];

/** The floors of the code, the lowest first. Nothing imports from a floor above its own. */
const FLOORS = [
	{
		name: 'what all code may use',
		paths: [
			`nodes/shared/!(${PROVIDER_FILES.join('|')}).ts`,
			'nodes/shared/n8nEngine',
			'nodes/shared/waiting',
		],
	},
	{
		name: 'HTTP',
		paths: ['nodes/shared/http'],
	},
	{
		name: 'what a provider is',
		paths: PROVIDER_FILES.map((name) => `nodes/shared/${name}.ts`),
	},
	{
		name: 'what all nodes share',
		paths: ['nodes/shared/node'],
	},
	{
		name: 'waiting in nodes',
		paths: ['nodes/shared/crawlWait'],
	},
	{
		name: 'the providers',
		paths: providerFolders,
	},
	{
		name: 'the list of providers',
		paths: ['nodes/providers.ts', 'nodes/providerFields.ts', 'nodes/requireProvider.ts'],
	},
	{
		name: 'the nodes for all providers',
		paths: commonNodes,
	},
	{
		name: 'what the package exports',
		paths: ['nodes/index.ts'],
	},
	{
		name: 'the credentials',
		paths: ['credentials'],
	},
	{
		name: 'the tests and scripts',
		paths: ['test', 'scripts'],
	},
];

const floorZones = FLOORS.flatMap(({ name, paths }, index) =>
	FLOORS.slice(index + 1).map((above) => ({
		target: paths,
		from: above.paths,
		message: `The floor "${name}" knows nothing of "${above.name}" above it.`,
	})),
);

const ZONES = [
	...floorZones,
	{
		target: 'nodes/shared/waiting',
		from: 'nodes',
		except: ['shared/waiting', 'shared/crawlJob.ts', 'shared/errors.ts'],
		message:
			'The waiting core is pure: it uses itself, crawlJob.ts and errors.ts. Hand it what it needs.',
	},
	...providerFolders.map((folder) => ({
		target: folder,
		from: 'nodes',
		except: ['shared', folder.replace('nodes/', '')],
		message: 'A provider knows itself and shared code. What two of them need belongs into shared.',
	})),
	{
		target: ['nodes/index.ts', ...commonNodes],
		from: providerFolders,
		message:
			'Only nodes/providers.ts names the providers. What differs between them is part of CrawlProvider.',
	},
	...commonNodes.map((folder) => ({
		target: folder,
		from: commonNodes.filter((other) => other !== folder),
		message: 'A node knows no other node. What two of them need belongs into shared.',
	})),
	{
		target: 'test',
		from: 'scripts',
		message: "Scripts use the tests' support, not the other way: move it to test/support.",
	},
	{
		target: 'scripts',
		from: 'test',
		except: ['support'],
		message: 'A script uses nothing of the tests but test/support.',
	},
];

export default [
	...config,
	{ ignores: ['**/dist/**', 'node_modules/**', 'release/**'] },
	...tseslint.configs.recommendedTypeCheckedOnly.map((typed) => ({
		...typed,
		files: ['**/*.ts'],
	})),
	{
		files: ['**/*.ts'],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		// Not in the tests: what `beforeAll` sets is declared as set, and is missing when that fails.
		files: ['credentials/**/*.ts', 'nodes/**/*.ts', 'scripts/**/*.ts'],
		rules: { '@typescript-eslint/no-unnecessary-condition': 'error' },
	},
	{
		// Test doubles and Fastify's hooks are async because their callers expect a promise.
		files: ['test/**/*.ts'],
		// Installed for `npm run test:versions` alone.
		settings: { 'import-x/core-modules': ['@n8n/node-engine-compatibility'] },
		rules: { '@typescript-eslint/require-await': 'off' },
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
		// Without these, cycles of TypeScript files are not looked for.
		settings: {
			'import-x/extensions': ['.ts'],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
		},
		rules: {
			'import-x/no-restricted-paths': ['error', { basePath: root, zones: ZONES }],
			'import-x/no-cycle': 'error',
			// fast-check is used as its documentation does.
			'import-x/no-named-as-default-member': 'off',
		},
	},
	{
		files: ['nodes/shared/waiting/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^[^.]',
							message: 'The waiting core is pure: it needs neither n8n nor any other package.',
						},
					],
				},
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		ignores: ['nodes/shared/n8nEngine/**'],
		rules: {
			'no-restricted-properties': [
				'error',
				...['runExecutionData', 'getExecuteData', 'executeWorkflow', 'getExecutionDataById'].map(
					(property) => ({
						property,
						message: 'Only nodes/shared/n8nEngine relies on the insides of n8n.',
					}),
				),
			],
		},
	},
	{
		// By their names, the rule does not see that these fields hold secrets.
		files: [
			'credentials/MidPilotApi.credentials.ts',
			'credentials/PathorsDeveloperApi.credentials.ts',
		],
		rules: { '@n8n/community-nodes/credential-unnecessary-password': 'off' },
	},
	{
		// Building the output schemas would cost time whenever n8n starts: their types are enough.
		files: ['nodes/**/*.ts'],
		ignores: ['nodes/**/outputSchemas.ts'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['**/outputSchemas'], allowTypeImports: true }] },
			],
		},
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
