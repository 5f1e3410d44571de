import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { InvalidInputError } from '../shared/errors';
import { readJson, requireId } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';
import { fieldOf, toExactText, toObject } from '../shared/tolerant';
import { wordKey, type StatusWords } from '../shared/statusWords';
import { BUILT_IN_WORDS } from './words';

/** The project to work in, chosen by the user; read it with {@link readProjectId}. */
export const projectProperty: INodeProperties = {
	displayName: 'Project',
	name: 'projectId',
	required: true,
	description: 'The Pathors project that the knowledge base belongs to',
	...idOrList('searchPathorsProjects', ''),
};

/** The knowledge base to work in, chosen by the user; read it with {@link readKnowledgeBase}. */
export const knowledgeBaseProperty: INodeProperties = {
	displayName: 'Knowledge Base',
	name: 'knowledgeBaseId',
	required: true,
	description: 'The knowledge base to add the pages to. Each project has one.',
	...idOrList('searchPathorsKnowledgeBases', '', 'kb_abc123'),
};

const crawlProperty: INodeProperties = {
	displayName: 'Crawl',
	name: 'jobId',
	description: 'By default, the crawl from the input item',
	...idOrList('searchPathorsCrawls', '={{ $json.jobId }}'),
};

/** The fields that name a crawl; read them with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	fromItem(projectProperty, '={{ $json.reference.projectId }}', 'project'),
	fromItem(knowledgeBaseProperty, '={{ $json.reference.knowledgeBaseId }}', 'knowledge base'),
	crawlProperty,
];

/** The fields that say which knowledge base's crawls to list. */
export const listProperties: INodeProperties[] = [
	projectProperty,
	{
		...knowledgeBaseProperty,
		description: 'The knowledge base whose crawls to look for. Each project has one.',
	},
];

/** Not required: n8n would refuse to run the workflow, where a blank id is an error of its item. */
function fromItem(property: INodeProperties, expression: string, what: string): INodeProperties {
	return {
		...property,
		required: false,
		default: { mode: 'id', value: expression },
		description: `By default, the ${what} from the input item`,
	};
}

/** @throws {InvalidInputError} for a missing or malformed id */
export function readReference(parameter: ReadParameter): JobReference {
	return { ...readKnowledgeBase(parameter), jobId: requireId(parameter('jobId'), 'Crawl') };
}

/**
 * The project and the knowledge base that the user chose, as the first part of a reference.
 * @throws {InvalidInputError} for a missing or malformed id
 */
export function readKnowledgeBase(parameter: ReadParameter): JobReference {
	return {
		projectId: readProjectId(parameter),
		knowledgeBaseId: requireId(parameter('knowledgeBaseId'), 'Knowledge Base'),
	};
}

/** @throws {InvalidInputError} for a missing or malformed id */
export function readProjectId(parameter: ReadParameter): string {
	return requireId(parameter('projectId'), 'Project');
}

/** The option *Status Words*, to be read with {@link readStatusWords}. */
export const statusWordsOption: INodeProperties = {
	displayName: 'Status Words',
	name: 'statusMap',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "indexing": "running" }',
	description:
		'What other status words of Pathors mean: queued, running, succeeded, failed or cancelled. They take precedence over the built-in ones.',
};

const MEANINGS = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

type Pair = readonly [word: string, meaning: (typeof MEANINGS)[number]];

/** An object of words and meanings, or a list of pairs under `words`, as an expression can build it. */
function toPairs(value: unknown): Pair[] | null {
	const map = toObject(value);
	if (map === null) return null;
	const words = fieldOf(map, 'words');
	const pairs = Array.isArray(words)
		? words.map((entry) => toPair(fieldOf(entry, 'word'), fieldOf(entry, 'status')))
		: Object.entries(map).map(([word, meaning]) => toPair(word, meaning));
	const known = pairs.filter((pair) => pair !== null);
	return known.length === pairs.length ? known : null;
}

function toPair(word: unknown, meaning: unknown): Pair | null {
	const text = toExactText(word)?.trim() ?? '';
	const known = MEANINGS.find((candidate) => candidate === meaning);
	return text === '' || known === undefined ? null : [text, known];
}

/**
 * The built-in words, and those of the option *Status Words* over them.
 * @throws {InvalidInputError} for an entry without a word, or with a meaning that does not exist
 */
export function readStatusWords(parameter: ReadParameter): StatusWords {
	const { statusMap = {} } = parameter('options', {}) as { statusMap?: unknown };
	const pairs = toPairs(readJson(statusMap, 'Status Words'));
	if (pairs === null) {
		throw new InvalidInputError(
			"'Status Words' cannot be read",
			'Enter a JSON object such as { "indexing": "running" }. The possible meanings are queued, running, succeeded, failed and cancelled.',
		);
	}
	const own = pairs.map(([word, status]) => [wordKey(word), status] as const);
	return new Map([...BUILT_IN_WORDS, ...own]);
}
