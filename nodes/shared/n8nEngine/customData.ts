import type { IExecuteFunctions } from 'n8n-workflow';

/** Longer values are complained about in n8n's log (core: `utils/execution-metadata.js`), in characters. */
const MAX_LENGTH = 255;

/**
 * Sets custom data of the execution, by which n8n's list of executions can be filtered. n8n keeps ten
 * keys of an execution and drops further ones; versions before 2.20 have no custom data for nodes.
 * @param data keys of letters, digits and underscores: n8n throws at others in a manual run
 */
export function setCustomData(
	context: Partial<Pick<IExecuteFunctions, 'customData'>>,
	data: Readonly<Record<string, string>>,
): void {
	const { customData } = context;
	for (const [key, value] of Object.entries(data)) customData?.set(key, value.slice(0, MAX_LENGTH));
}
