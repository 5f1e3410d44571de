const base = require('./jest.config.js');

// Where an older n8n-core lies, with the n8n-workflow that it brings.
const packages = `${process.env.CRAWL_JOBS_ENGINE}/node_modules`;

/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: [
		'nodes/{geonode,highLevel,highLevelOAuth2,highLevelWait,pathorsWait}',
		'nodes/{convocore,midPilot}Faults',
		'wait/{checkOnce,faults,linking,routing,stop,timeouts}',
		'versions/*',
	].map((tests) => `<rootDir>/test/${tests}.test.ts`),
	testPathIgnorePatterns: ['/node_modules/'],
	// The types are those of the newest; `npm test` checks them.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow)$': `${packages}/$1`,
	},
	// The oldest leave timers behind.
	forceExit: true,
};
