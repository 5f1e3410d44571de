import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { providers } from '../nodes/providers';
import { packageCredentials, registeredNodes } from './support/engine/packageTypes';
import {
	commonAnswerErrors,
	connectionErrors,
	credentialTestErrors,
	ownAnswerErrors,
} from './support/errors/answeredErrors';
import { errorTable } from './support/errors/errorTable';
import { thrownErrors } from './support/errors/thrownErrors';

const FILE = join(__dirname, 'fixtures', 'errors.md');

/** What an advice can tell a person to do, in the imperative. */
const ACTIONS =
	/\b(?:add|allow|ask|change|check|choose|connect|copy|create|enter|fetch|fill in|find|increase|look (?:it|them) up|open|renew|report|run|save|see|send|set|start|try|turn|update|use|wait)\b/i;

interface Advice {
	of: string;
	advice: string;
}

/** Every advice of the package, one by one. */
async function allAdvice(): Promise<Advice[]> {
	const answered = [
		...connectionErrors(),
		...(await commonAnswerErrors()),
		...(await Promise.all(providers.map(ownAnswerErrors))).flat(),
	];
	return [
		...thrownErrors().flatMap(({ file, messages, advice }) =>
			(advice.length === 0 ? [''] : advice).map((text) => ({
				of: `${file}: ${messages.join(' / ')}`,
				advice: text,
			})),
		),
		...answered.map(({ cause, message, advice }) => ({ of: `${cause}: ${message}`, advice })),
		...(await credentialTestErrors()).map(({ cause, message }) => ({ of: cause, advice: message })),
	];
}

/** All names that stand in the editor: of fields, choices, resources and operations. */
function namesInTheEditor(): Set<string> {
	const properties = [
		...registeredNodes.flatMap(({ node }) => node.description.properties),
		...packageCredentials.flatMap((credential) => credential.properties),
	];
	const nodes = registeredNodes.map(({ node }) => node.description.displayName);
	const names = [...nodes, ...properties.flatMap((property) => namesIn(property, []))];
	return new Set([...names, ...operationsWithResources()]);
}

type Option = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** The names of a field and of what is in it; one within others also as 'Outer > Inner'. */
function namesIn(option: Option, outer: readonly string[]): string[] {
	if ('value' in option) return [option.name];
	// A group of fields has a name that nobody sees.
	if ('values' in option) return option.values.flatMap((field) => namesIn(field, outer));
	// The editor shows the unit of a field, such as "(Minutes)", which the errors leave out.
	const path = [...outer, option.displayName.replace(/ \(.*\)$/, '')];
	return [
		...path.map((_, start) => path.slice(start).join(' > ')),
		...(option.options ?? []).flatMap((entry) => namesIn(entry, path)),
	];
}

/** Such as 'Page: Get Many'. */
function operationsWithResources(): string[] {
	return registeredNodes.flatMap(({ node }) => {
		const { properties } = node.description;
		const resources = choicesOf(properties, 'resource');
		return choicesOf(properties, 'operation').flatMap((operation) =>
			resources.map((resource) => `${resource}: ${operation}`),
		);
	});
}

function choicesOf(properties: readonly INodeProperties[], name: string): string[] {
	return properties
		.filter((property) => property.name === name)
		.flatMap(({ options = [] }) => options.map((option) => option.name));
}

describe('The errors of the package', () => {
	it('stand in test/fixtures/errors.md: run "npm run errors" when this fails', async () => {
		expect(await errorTable()).toBe(readFileSync(FILE, 'utf8'));
	});

	it('have an advice', async () => {
		const without = (await allAdvice()).filter(({ advice }) => advice === '');
		expect(without).toEqual([]);
	});

	it('have an advice that says what to do or which field to look at', async () => {
		const idle = (await allAdvice()).filter(
			({ advice }) => !ACTIONS.test(advice) && !/'[^']+'/.test(advice) && advice !== '{advice}',
		);
		expect(idle).toEqual([]);
	});

	it('name what stands in the editor', async () => {
		const names = namesInTheEditor();
		const quoted = (text: string) => [...text.matchAll(/(?<!\w)'([^'{}]+)'(?!\w)/g)];
		const unknown = (await allAdvice()).flatMap(({ of, advice }) =>
			[...quoted(of), ...quoted(advice)]
				.map(([, name = '']) => name)
				.filter((name) => !names.has(name))
				.map((name) => ({ of, name })),
		);
		expect(unknown).toEqual([]);
	});
});
