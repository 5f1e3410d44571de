import type { Editor } from '../support/browser/editor';
import { useBrowserStage } from './browserStage';
import { DESCRIBED_CHOICES, PANELS } from './panels';
import { keepScreenshot } from './screenshots';

const COLUMNS = 9;

const stage = useBrowserStage();

beforeAll(async () => {
	const { n8n, editor, credentials } = stage();
	const { id } = await n8n.createWorkflow({
		name: 'Every panel',
		connections: {},
		nodes: PANELS.map(({ isFilled, ...node }, index) => ({
			...node,
			id: `panel-${index}`,
			...(isFilled && { credentials }),
			position: [(index % COLUMNS) * 320, Math.floor(index / COLUMNS) * 240],
		})),
	});
	await editor.openWorkflow(id);
});

describe('the panel of a node', () => {
	it.each(PANELS.map(({ name }) => name))('shows its texts in full: %s', async (name) => {
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
});

describe('the choices of a field', () => {
	it.each(DESCRIBED_CHOICES)('show their descriptions in full: %s, %s', async (name, field) => {
		const { editor } = stage();
		await editor.openNode(name);
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
		await keepScreenshot(editor, `${name}, choices of ${field}`);
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
