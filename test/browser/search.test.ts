import { NODES_BY_WORDS } from '../support/nodeSearch';
import { useBrowserStage } from './browserStage';

/** How many results are in view without scrolling. */
const IN_VIEW = 9;
/** n8n's own nodes that can wait for something, and are used most, come first. */
const CROWDED = 'wait';

const stage = useBrowserStage();

beforeAll(async () => {
	await stage().editor.startWorkflow();
});

describe("the search of n8n's editor, among all other nodes", () => {
	it.each(NODES_BY_WORDS)('shows by "%s" at first sight: %p', async (words, [first = '']) => {
		const found = await stage().editor.search(words);
		expect(words === CROWDED ? found : found.slice(0, IN_VIEW)).toContain(first);
	});
});
