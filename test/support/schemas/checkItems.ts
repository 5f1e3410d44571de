import type { IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod/v3';

import { textOf } from '../../../nodes/shared/input';
import { noDetails, type ItemForms } from '../../../nodes/shared/outputSchemas';
import { SUPERVISOR, WATCHER } from '../../../nodes/shared/crawlWait/waitModes';
import { formsOf, operations } from './operations';

/** The executions that a durable wait starts by itself talk to each other, and to nobody else. */
const INTERNAL_MODES: readonly unknown[] = [SUPERVISOR.waitMode, WATCHER.waitMode];

/**
 * Holds what a node has given to the schema of its operation. Nodes of others are passed over.
 * @throws {Error} for an item with a field that the schema does not have, or without one it has
 */
export function checkItems(node: INode, items: readonly IDataObject[]): void {
	const type = node.type.replace(/Tool$/, '');
	const ofNode = operations.filter((candidate) => candidate.type === type);
	const { waitMode } = node.parameters;
	const resource = textOf(node.parameters.resource);
	const operation = textOf(node.parameters.operation);
	if (ofNode.length === 0 || items.length === 0 || INTERNAL_MODES.includes(waitMode)) return;
	const found = ofNode.find(
		(candidate) =>
			textOf(candidate.resource) === resource && textOf(candidate.operation) === operation,
	);
	if (found === undefined) throw new Error(`${type} has no ${resource}.${operation}`);
	const form = formFor(formsOf(found), node.parameters);
	for (const item of items) {
		const error = isError(item) ? undefined : (misfit(form, item) ?? providerMisfit(item));
		if (error === undefined) continue;
		const name = [node.type, resource, operation].filter(Boolean).join(' ');
		throw new Error(
			`The output schema of ${name} does not fit its item:\n${issuesOf(error)}\n${JSON.stringify(item, null, 2)}`,
		);
	}
}

/** n8n takes an item with the field `error` for a failed one. */
function isError({ error }: IDataObject): boolean {
	return Boolean(error);
}

function formFor([first, ...others]: ItemForms, parameters: unknown): z.AnyZodObject {
	const fitting = others.filter((form) => includes(parameters, form.parameters));
	return fitting.at(-1)?.item ?? first;
}

function includes(whole: unknown, part: unknown): boolean {
	if (typeof part !== 'object' || part === null) return word(whole) === word(part);
	if (typeof whole !== 'object' || whole === null) return false;
	const fields = new Map(Object.entries(whole));
	return Object.entries(part).every(([name, value]) => includes(fields.get(name), value));
}

/** A value without the spelling that the nodes see through: an expression of it, as a text, in capitals. */
function word(value: unknown): string {
	return String(value)
		.replace(/[^\w.-]/g, '')
		.toLowerCase();
}

/** What each provider's own crawls have, whichever node gives them. */
const providerParts = operations
	.filter(({ resource, operation }) => resource === 'crawl' && operation === 'getStatus')
	.map((operation) => {
		const { provider, reference, details } = formsOf(operation)[0].shape as z.ZodRawShape;
		if (!provider || !reference || !details) throw new Error('A crawl has no provider');
		return z.object({ provider, reference, details: details.or(noDetails) });
	});

/** For nodes of all providers, whose schema leaves open what is a provider's own. */
function providerMisfit(item: IDataObject): z.ZodError | undefined {
	if (!('details' in item)) return undefined;
	const own = providerParts.find(({ shape }) => shape.provider?.safeParse(item.provider).success);
	return own && misfit(own, item);
}

function misfit(schema: z.AnyZodObject, item: IDataObject): z.ZodError | undefined {
	return schema.safeParse(item).error;
}

function issuesOf({ issues }: z.ZodError): string {
	return issues.map(({ path, message }) => `- ${path.join('.')}: ${message}`).join('\n');
}
