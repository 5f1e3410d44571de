const base = require('./jest.config.js');

/**
 * Where each n8n-core lies, by its version: scripts/test-versions.ts says it.
 * @type {Record<string, string>}
 */
const engines = JSON.parse(process.env.CRAWL_JOBS_ENGINES ?? '{}');

/** What depends on n8n most: requests and their faults, credentials, stopping, the data of a node. */
const TESTS = [
	'nodes/{geonode,highLevel,highLevelOAuth2,highLevelWait,pathorsWait}',
	'nodes/{convocore,midPilot}Faults',
	'wait/{checkOnce,faults,linking,routing,stop,timeouts}',
	'versions/durableRefused',
];

/** What depends on Node most: sockets and streams, timers, dates and texts. */
const TESTS_OF_NODE = [
	'http/*',
	'shared/*',
	'nodes/{geonode,highLevelOAuth2}',
	'wait/{checkOnce,durable,durableWebhook,faults,stop}',
];

/**
 * The only older version in which durable waits work is there for them alone. The n8n-core of
 * `npm test` is there twice: for its second engine, and to be run on each Node.
 */
const TESTS_OF = {
	'2.39.8': ['wait/durable*'],
	'2.41.1': ['versions/stepEngine'],
	newest: TESTS_OF_NODE,
};

/** Jest heeds these outside the projects only. */
const { maxWorkers: _, workerIdleMemoryLimit, testTimeout, ...project } = base;

/** @type {import('jest').Config} */
module.exports = {
	projects: Object.entries(engines).map(([version, folder]) => {
		// With the n8n-workflow that it brings.
		const packages = `${folder}/node_modules`;
		return {
			...project,
			displayName: version,
			testMatch: (TESTS_OF[version] ?? TESTS).map((tests) => `<rootDir>/test/${tests}.test.ts`),
			testPathIgnorePatterns: ['/node_modules/'],
			// The types are those of the newest; `npm test` checks them.
			transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
			moduleNameMapper: {
				'^(n8n-core|n8n-workflow|@n8n/node-engine-compatibility)$': `${packages}/$1`,
			},
		};
	}),
	workerIdleMemoryLimit,
	testTimeout,
	// The tests mostly wait.
	maxWorkers: 4,
	// The oldest engines leave timers behind.
	forceExit: true,
};
