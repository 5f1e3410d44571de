import type { Browser, Locator, Page } from 'playwright-core';

import type { Owner } from '../n8n/client';

export type Theme = 'light' | 'dark';

const VIEWPORT = { width: 1440, height: 900 };
/** Also for a machine that is busy with other tests. */
const STEP_TIMEOUT_MS = 60_000;
/** How long to wait for a list before it is opened once more, and how often. */
const REDRAW_MS = 5_000;
const MOST_TRIES = 10;
/** Words that no node is found by. */
const NOTHING = 'qqzzqq';

/**
 * n8n's editor in a browser, as somebody uses it who builds a workflow. Each step waits for what it
 * leads to, for up to a minute. Elements are found by the test ids that n8n 2.41 gives them.
 */
export class Editor {
	private constructor(readonly page: Page) {}

	/** Opens the editor in a window of its own, and logs in. */
	static async open(browser: Browser, url: string, owner: Owner): Promise<Editor> {
		const context = await browser.newContext({
			baseURL: url,
			viewport: VIEWPORT,
			reducedMotion: 'reduce',
		});
		context.setDefaultTimeout(STEP_TIMEOUT_MS);
		context.setDefaultNavigationTimeout(STEP_TIMEOUT_MS);
		const page = await context.newPage();
		await page.goto('/signin');
		await page.locator('input[type=email]').fill(owner.email);
		await page.locator('input[type=password]').fill(owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.waitForURL(/\/(home|workflow)/);
		return new Editor(page);
	}

	/** The account's theme is that of the system, which the editor follows at once. */
	async useTheme(theme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/** Opens an empty workflow, and the search for its first node. */
	async startWorkflow(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.byId('canvas-plus-button').click();
		await this.byId('node-creator').waitFor();
	}

	/** Adds the trigger of a run by hand to an empty workflow. */
	async addManualTrigger(): Promise<void> {
		await this.found.getByText('Trigger manually', { exact: true }).click();
		await this.byId('canvas-node').waitFor();
	}

	/** Opens a saved workflow, with all its nodes in view. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.byId('canvas-node').first().waitFor();
		await this.byId('zoom-to-fit').click();
	}

	/**
	 * The display names of the nodes that the open search finds, in its order.
	 * @throws Error when it finds none
	 */
	async search(words: string): Promise<string[]> {
		await this.type(words);
		return (await this.found.allInnerTexts()).map((name) => name.trim());
	}

	/**
	 * Adds the first node of this name that the open search finds by it, and opens it.
	 * @param action the one to choose, of a node that has several
	 */
	async addNode(name: string, action?: string): Promise<void> {
		const creator = this.byId('node-creator');
		await this.type(name);
		await this.found.getByText(name, { exact: true }).first().click();
		if (action !== undefined) await creator.getByText(action, { exact: true }).click();
		else await this.untilAdded();
		await this.node.waitFor();
	}

	/** Opens the search for the node that follows on an output. */
	async follow(name: string, output = 0): Promise<void> {
		await this.byId('zoom-to-fit').click();
		await this.onCanvas(name)
			.locator(`[data-test-id=canvas-node-output-handle][data-index="${output}"]`)
			.getByTestId('canvas-handle-plus')
			.click();
		await this.byId('node-creator').waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.onCanvas(name)
			.getByTestId(/^canvas-(default|trigger)-node$/)
			.dblclick();
		await this.node.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.byId('ndv-close-button').click();
		await this.node.waitFor({ state: 'hidden' });
	}

	/** The open node. */
	get node(): Locator {
		return this.byId('ndv');
	}

	/** A field of the open node, or of the open credential. */
	field(name: string): Locator {
		return this.byId(`parameter-input-${name}`);
	}

	async fill(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').first().fill(text);
	}

	/** Chooses from a drop-down field by what the editor shows. */
	async choose(name: string, option: string): Promise<void> {
		await this.openChoices(name);
		await this.shownOption(option).click();
	}

	/** Opens the choices of a drop-down field. */
	async openChoices(name: string): Promise<void> {
		await this.field(name).locator('input').click();
		await this.choices.first().waitFor();
	}

	/** The choices that are open. */
	get choices(): Locator {
		return this.page.getByRole('option').filter({ visible: true });
	}

	/** Chooses the first credential of a type, by the type's display name. */
	async chooseCredential(type: string): Promise<void> {
		const row = this.byId('credentials-label').filter({ hasText: type });
		const item = this.page.locator('[data-test-id^=node-credentials-select-item]:visible').first();
		// The form is drawn anew after the choice of a provider, which closes the list again.
		for (let tries = 0; tries < MOST_TRIES && !(await item.isVisible()); tries++) {
			await row.getByTestId('node-credentials-select').locator('input').click();
			await item.waitFor({ timeout: REDRAW_MS }).catch(() => {});
		}
		await item.click();
		await row.getByTestId('credential-edit-button').waitFor();
	}

	/** Turns a field from its expression to a value of its own. */
	async useFixedValue(name: string): Promise<void> {
		await this.field(name).hover();
		await this.byId(`${name}-parameter-input-options-container`)
			.getByTestId('radio-button-fixed')
			.click();
	}

	/** How the field for an entry of a list is filled in: chosen from the list, or typed. */
	async useMode(name: string, mode: 'list' | 'id'): Promise<void> {
		await this.byId(`resource-locator-${name}`).getByTestId('rlc-mode-selector').click();
		await this.page.locator(`[data-test-id=mode-${mode}]:visible`).click();
	}

	/** Types the id of an entry. */
	async fillId(name: string, id: string): Promise<void> {
		await this.byId(`resource-locator-${name}`).getByTestId('rlc-input').fill(id);
	}

	/** Opens the list behind a field, and gives its entries once there are any. */
	async listEntries(name: string): Promise<string[]> {
		await this.byId(`resource-locator-${name}`).getByTestId('rlc-input-container').click();
		const entries = this.page.locator('[data-test-id=rlc-item]:visible');
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((entry) => entry.trim());
	}

	/** Chooses an entry of the list that is open. */
	async chooseEntry(entry: string): Promise<void> {
		await this.page
			.locator('[data-test-id=rlc-item]:visible')
			.filter({ hasText: entry })
			.first()
			.click();
	}

	/** @returns the id of the execution */
	async run(): Promise<string> {
		const [response] = await Promise.all([
			this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/),
			this.byId('execute-workflow-button').click(),
		]);
		return ((await response.json()) as { data: { executionId: string } }).data.executionId;
	}

	/** Stops what runs, and waits until the editor can run again. */
	async stop(): Promise<void> {
		await this.byId('stop-execution-button').click();
		await this.byId('stop-execution-button').waitFor({ state: 'hidden' });
	}

	onCanvas(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	async untilSucceeded(name: string, timeout = STEP_TIMEOUT_MS): Promise<void> {
		await this.onCanvas(name).getByTestId('canvas-node-status-success').waitFor({ timeout });
	}

	/** Opens the form for a new credential of a type, by its display name. */
	async createCredential(type: string): Promise<void> {
		await this.page.goto('/home/credentials/create');
		await this.byId('new-credential-type-select').locator('input').fill(type);
		await this.byId('new-credential-type-select-option').filter({ hasText: type }).first().click();
		await this.byId('new-credential-type-button').click();
		await this.byId('editCredential-modal').waitFor();
	}

	/**
	 * Saves the open credential, which the editor then tests.
	 * @returns what the editor shows of a test that fails; null when it succeeds
	 */
	async saveCredential(): Promise<string | null> {
		const form = this.byId('node-credentials-config-container');
		const [response] = await Promise.all([
			this.page.waitForResponse((answer) => answer.url().endsWith('/rest/credentials/test')),
			this.byId('credential-save-button').click(),
		]);
		const { data } = (await response.json()) as { data: { status: string; message: string } };
		if (data.status === 'OK') {
			await this.byId('credentials-config-container-test-success').waitFor();
			return null;
		}
		// Once they have been opened, they stay so for the next test.
		const details = form.getByText('More details');
		const message = form.getByText(data.message);
		await details.or(message).first().waitFor();
		if (!(await message.isVisible())) await details.click();
		await message.waitFor();
		return data.message;
	}

	byId(testId: string | RegExp): Locator {
		return this.page.getByTestId(testId);
	}

	private get found(): Locator {
		return this.byId('node-creator').getByTestId('node-creator-item-name');
	}

	/** The list follows the field with a delay: emptied before, it holds what was typed. */
	private async type(words: string): Promise<void> {
		const field = this.byId('node-creator').locator('input');
		await field.fill(NOTHING);
		await this.found.first().waitFor({ state: 'detached' });
		await field.fill(words);
		await this.found.first().waitFor();
	}

	/** n8n shows what a node of a package is, when it has no actions to choose from. */
	private async untilAdded(): Promise<void> {
		const add = this.byId('node-creator').getByText('Add to workflow', { exact: true });
		await add.or(this.node).first().waitFor();
		if (!(await this.node.isVisible())) await add.click();
	}

	/** It can have a description below its name. */
	private shownOption(text: string): Locator {
		return this.choices.filter({ has: this.page.getByText(text, { exact: true }) });
	}
}
