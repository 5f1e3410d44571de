import fc from 'fast-check';

import { providers } from '../../nodes/providers';
import type { CrawlProvider } from '../../nodes/shared/provider';
import { statusBody } from '../normalize/statusBodies';

/** Words of all providers, in spellings of servers, beside words that nobody knows. */
const WORDS = [
	...['queued', 'Pending', 'processing', 'RUNNING', 'in-progress', 'Training', 'scraping'],
	...['completed', 'Successful', 'finished', 'Existing', 'ready', 'failed', 'Aborted', 'error'],
	...[
		'cancelled',
		'canceled',
		'not_found',
		'Restricted',
		'finalizing',
		'constructor',
		'__proto__',
		'',
	],
];

const oddNumber = fc.oneof(
	fc.integer({ min: -5, max: 50 }),
	fc.double(),
	fc.constantFrom(NaN, Infinity, -0, Number.MAX_SAFE_INTEGER + 2, 1e308),
);

/** Whatever can stand in a field of an answer. */
const oddValue = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...WORDS) },
	{ weight: 3, arbitrary: oddNumber },
	fc.constantFrom(null, undefined, true, false, 'true', '0', ' ', '1e400', '2026-05-26T10:30:00Z'),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.string({ minLength: 290, maxLength: 600 }),
	fc.jsonValue({ maxDepth: 3 }),
);

const facts = fc.record(
	{
		word: oddValue,
		flag: fc.constantFrom(true, false, null),
		jobId: fc.constantFrom('job1', 'JOB1', 7),
		total: fc.option(fc.nat(20)),
		completed: fc.option(fc.nat(20)),
		failed: fc.option(fc.nat(20)),
		pageError: fc.string({ maxLength: 60 }),
	},
	{ requiredKeys: [] },
);

/** Every place in a JSON value, as a path of keys. */
function pathsIn(value: unknown, at: readonly string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [[...at]];
	const inside = Object.entries(value).flatMap(([key, entry]) => pathsIn(entry, [...at, key]));
	return [[...at], ...inside];
}

/** The value with another one at the path; `undefined` takes the field out. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
	if (key === undefined) return to;
	const entries = Object.entries(value ?? {}).map(([name, entry]) => [
		name,
		name === key ? changed(entry, rest, to) : (entry as unknown),
	]);
	return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

/** An answer of a provider's status endpoint, right but for up to four odd fields. */
export function nearlyRightAnswer(provider: string): fc.Arbitrary<unknown> {
	const change = fc.tuple(fc.nat(), oddValue);
	return fc.tuple(facts, fc.array(change, { maxLength: 4 })).map(([given, changes]) =>
		changes.reduce<unknown>(
			(body, [place, value]) => {
				const paths = pathsIn(body);
				return changed(body, paths[place % paths.length] ?? [], value);
			},
			statusBody(provider, given as object).body,
		),
	);
}

/** Whatever a status endpoint, or what stands before it, could give for JSON. */
export function anyAnswer(provider: string): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 4, arbitrary: nearlyRightAnswer(provider) },
		{ weight: 1, arbitrary: fc.jsonValue() },
	);
}

/** The ids that the jobs of the answers were asked for with. */
export const reference = fc.constantFrom(
	{ jobId: 'job1', operationId: 'job1' },
	{ jobId: '', operationId: '' },
	{},
);

export const eachProvider: ReadonlyArray<[string, CrawlProvider]> = providers.map((provider) => [
	provider.id,
	provider,
]);
