// Jest's environment for Node, which stops at the first test that fails: one is enough to notice a change.
const { TestEnvironment } = require('jest-environment-node');

module.exports = class StopAtFailure extends TestEnvironment {
	hasFailed = false;

	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure' || name === 'hook_failure') this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
};
