// Jest stops at the first test file that fails: those that take little time come first.
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class ShortestFirst extends Sequencer {
	sort(tests) {
		return super.sort(tests).reverse();
	}
};
