/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
	globalSetup: '<rootDir>/test/e2e/globalSetup.ts',
	// They mostly wait. Each has an n8n of its own.
	maxWorkers: 4,
	testTimeout: 15 * 60_000,
	verbose: true,
};
