// A date without a zone must mean the same on every machine: not UTC, as servers have, nor whole hours.
process.env.TZ = 'Asia/Kathmandu';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// They need a real n8n and take minutes: npm run test:browser, npm run test:n8n. Or files of others: test:specs. Or
	// an older n8n: test:versions.
	testPathIgnorePatterns: [
		'<rootDir>/test/browser/',
		'<rootDir>/test/e2e/',
		'<rootDir>/test/specs/',
		'<rootDir>/test/versions/',
	],
	// An older engine's package has the name of its sibling's.
	modulePathIgnorePatterns: ['<rootDir>/test/support/versions/[^/]+/package.json'],
	// Every file loads n8n's engine, and Jest frees little of it: a worker that has grown is replaced.
	maxWorkers: '100%',
	workerIdleMemoryLimit: '1GB',
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
	setupFilesAfterEnv: ['<rootDir>/test/support/engine/userFolder.ts'],
	testTimeout: 60_000,
};
