import type { Editor } from '../support/browser/editor';
import { useBrowserStage } from './browserStage';
import { PANELS_BY_NODE } from './panels';
import { keepScreenshot } from './screenshots';

const COLUMNS = 4;

const stage = useBrowserStage();

// Of each node a workflow of its own: the editor gets slow with the number of nodes on the canvas.
describe.each(PANELS_BY_NODE)('the panels of %s', (node, panels, choices) => {
	beforeAll(async () => {
		const { n8n, editor, credentials } = stage();
		const { id } = await n8n.createWorkflow({
			name: node,
			connections: {},
			nodes: panels.map(({ isFilled, ...panel }, index) => ({
				...panel,
				id: `panel-${index}`,
				...(isFilled && { credentials }),
				position: [(index % COLUMNS) * 320, Math.floor(index / COLUMNS) * 240],
			})),
		});
		await editor.openWorkflow(id);
	});

	it.each(panels.map(({ name }) => name))('show their texts in full: %s', async (name) => {
		const { editor } = stage();
		await editor.openNode(name);
		await editor.byId('node-parameters').waitFor();
		const clipped = await clippedTexts(editor);
		for (const theme of ['light', 'dark'] as const) {
			await editor.useTheme(theme);
			await keepScreenshot(editor, `${name}, ${theme}`);
		}
		await editor.closeNode();
		expect(clipped).toEqual([]);
	});

	it.each(choices)('show the descriptions of the choices of %s in full', async (field) => {
		const { editor } = stage();
		await editor.openNode(panels[0].name);
		await editor.openChoices(field);
		const cut = await editor.choices
			.locator('*')
			.evaluateAll((elements: Shown[]) =>
				elements
					.filter(
						({ clientHeight, scrollHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 1,
					)
					.map(({ textContent }) => textContent?.trim() ?? ''),
			);
		await keepScreenshot(editor, `${node}, choices of ${field}`);
		await editor.page.keyboard.press('Escape');
		await editor.closeNode();
		expect(cut).toEqual([]);
	});
});

/** What is asked of an element in the browser. */
interface Shown {
	clientWidth: number;
	scrollWidth: number;
	clientHeight: number;
	scrollHeight: number;
	textContent: string | null;
	value?: string;
	childNodes: Iterable<{ nodeType: number }>;
}

/** Runs in the browser. */
declare function getComputedStyle(element: Shown): { overflowX: string };

/** What the form of the open node shows only in part: labels, notices and chosen options. */
async function clippedTexts(editor: Editor): Promise<string[]> {
	const form = editor.byId('node-parameters');
	const texts = form.locator('label, span, p, div').evaluateAll((elements: Shown[]) =>
		elements
			.filter(({ childNodes }) => [...childNodes].some(({ nodeType }) => nodeType === 3))
			.filter((element) => getComputedStyle(element).overflowX !== 'visible')
			.filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
			.map(({ textContent }) => textContent?.trim() ?? ''),
	);
	const chosen = form
		.locator('.el-select input')
		.evaluateAll((inputs: Shown[]) =>
			inputs
				.filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
				.map(({ value }) => value ?? ''),
		);
	return [...(await texts), ...(await chosen)];
}
