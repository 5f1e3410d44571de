// Jest's environment for Node, which stops at the first test that fails, as one is enough to notice a
// change, and in which n8n's engine is loaded once for all changes and not once for each.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { TestEnvironment } = require('jest-environment-node');

// As test/support/engine/userFolder.ts sets them, which does not reach the engine here.
if (process.env.N8N_USER_FOLDER === undefined) {
	const userFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-n8n-'));
	process.env.N8N_USER_FOLDER = userFolder;
	process.on('exit', () => rmSync(userFolder, { recursive: true, force: true }));
}
process.env.N8N_LOG_LEVEL = 'silent';

module.exports = class MutationEnvironment extends TestEnvironment {
	hasFailed = false;

	constructor(config, context) {
		super(config, context);
		this.global.loadOnce = (name) => require(name);
	}

	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure' || name === 'hook_failure') this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
};
