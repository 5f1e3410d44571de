// Leaves texts for people unchanged: a test that notices another wording says nothing about the code.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

export const strykerPlugins = [
	declareValuePlugin(PluginKind.Ignore, 'texts', {
		shouldIgnore({ node }) {
			return isText(node) ? 'is a text for people' : undefined;
		},
	}),
];

/** No name, word or key of the code has a blank. */
function isText(node) {
	switch (node.type) {
		case 'StringLiteral':
			return node.value.includes(' ');
		case 'TemplateLiteral':
			return node.quasis.some(({ value }) => value.raw.includes(' '));
		default:
			return false;
	}
}
