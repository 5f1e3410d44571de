import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { providers } from '../providers';
import { InvalidInputError } from '../shared/errors';
import { includeRawOption, optionsProperty, showFor } from '../shared/node/fields';
import type { CrawlProvider, ReadParameter } from '../shared/provider';
import { PACES, type Pace } from '../shared/waiting/pace';
import type { WaitPolicy } from '../shared/waiting/wait';

const MS_PER_MINUTE = 60_000;

/** More than anybody waits, and still a date that can be written down. */
const MAXIMUM = 5_000_000;

/** An option of the wait node: its field in the editor, whose default counts, and its reader. */
interface Option<Value> {
	property: INodeProperties;
	/** @throws {InvalidInputError} for a value that the option does not have */
	read(value: unknown): Value;
}

function option<Value>(
	read: (value: unknown, label: string) => Value,
	property: INodeProperties,
): Option<Value> {
	return { property, read: (value) => read(value, property.displayName.replace(/ \(.*/, '')) };
}

const readBoolean = (value: unknown): boolean => value === true;

function numberFrom(minimum: number): (value: unknown, label: string) => number {
	return (value, label) => {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && number >= minimum && number <= MAXIMUM) return number;
		throw new InvalidInputError(
			`${label} is not a number from ${minimum} to ${MAXIMUM}`,
			`Give ${label} as a number in that range.`,
		);
	};
}

function providersThat(
	can: (provider: CrawlProvider) => unknown,
): INodeProperties['displayOptions'] {
	return { show: { '/provider': providers.filter(can).map((provider) => provider.id) } };
}

const OPTIONS = {
	cancelRemote: option(readBoolean, {
		displayName: 'Cancel Crawl When Wait Ends',
		name: 'cancelRemote',
		type: 'boolean',
		default: false,
		displayOptions: providersThat((provider) => provider.cancelRequest),
		description:
			'Whether to cancel the crawl at the provider when the deadline passes or the execution is stopped',
	}),
	includeInputFields: option(readBoolean, {
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		description: "Whether to add the input item's fields to the output item",
	}),
	includeRaw: option(readBoolean, {
		...includeRawOption,
		description: "Whether to add the provider's last answer, untouched, as the field raw",
	}),
	intervalSeconds: option(numberFrom(1), {
		displayName: 'Interval (Seconds)',
		name: 'intervalSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		displayOptions: { show: { responsiveness: ['fixed'] } },
		description: 'How long to wait between two checks',
	}),
	maxConsecutiveFailures: option(numberFrom(0), {
		displayName: 'Maximum Failures in a Row',
		name: 'maxConsecutiveFailures',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description:
			'After how many failed checks in a row an item becomes an error; 0 keeps trying until the deadline',
	}),
	maxWaitMinutes: option(numberFrom(0), {
		displayName: 'Maximum Wait (Minutes)',
		name: 'maxWaitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 60,
		description: 'How long to wait for a crawl. Fractions are allowed.',
	}),
	onDeadline: option((value) => (value === 'error' ? 'error' : 'output'), {
		displayName: 'On Deadline',
		name: 'onDeadline',
		type: 'options',
		options: [
			{ name: 'Output on Still Running', value: 'output' },
			{ name: 'Raise an Error', value: 'error' },
		],
		default: 'output',
		description: 'What to do with a crawl that has not ended when the maximum wait is over',
	}),
	responsiveness: option(readResponsiveness, {
		displayName: 'Responsiveness',
		name: 'responsiveness',
		type: 'options',
		options: [
			{ name: 'Balanced', value: 'balanced', description: 'Right for most crawls' },
			{ name: 'Eager', value: 'eager', description: 'Notices sooner, sends more requests' },
			{ name: 'Fixed Interval', value: 'fixed', description: 'Checks at an even pace' },
			{ name: 'Relaxed', value: 'relaxed', description: 'Notices later, sends fewer requests' },
		],
		default: 'balanced',
		description: 'How soon to notice that a crawl has ended',
	}),
	returnPages: option(readBoolean, {
		displayName: 'Return Pages',
		name: 'returnPages',
		type: 'boolean',
		default: false,
		displayOptions: providersThat((provider) => provider.listPages),
		description:
			'Whether to add the crawled pages as the field pages. They are fetched once, after the end.',
	}),
	stallMinutes: option(numberFrom(0), {
		displayName: 'Stall Limit (Minutes)',
		name: 'stallMinutes',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		default: 0,
		description:
			'After how long without any progress a crawl is sent to Still Running; 0 never does',
	}),
} satisfies Record<string, Option<unknown>>;

const providerOptions = providers.flatMap((provider) =>
	showFor(provider.waitOptions ?? [], { '/provider': [provider.id] }),
);

/** The field *Options*, with what some providers have in it for themselves. */
export const waitOptionsProperty: INodeProperties = optionsProperty(
	[...Object.values(OPTIONS).map(({ property }) => property), ...providerOptions].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
);

/** The wait node's options of one item. */
export interface WaitOptions {
	policy: WaitPolicy;
	onDeadline: 'output' | 'error';
	includeInputFields: boolean;
	includeRaw: boolean;
	returnPages: boolean;
	cancelRemote: boolean;
}

/**
 * Reads the options of one item.
 * @param minGapMs the least time between two checks that the wait mode asks for
 * @throws {InvalidInputError} for a value that an option does not have
 */
export function readOptions(parameter: ReadParameter, minGapMs: number): WaitOptions {
	const values = parameter('options', {}) as IDataObject;
	const read = <Value>({ property, read: readValue }: Option<Value>): Value =>
		readValue(values[property.name] ?? property.default);

	const responsiveness = read(OPTIONS.responsiveness);
	return {
		policy: {
			deadlineMs: MS_PER_MINUTE * read(OPTIONS.maxWaitMinutes),
			stallMs: MS_PER_MINUTE * read(OPTIONS.stallMinutes),
			maxFailuresInRow: read(OPTIONS.maxConsecutiveFailures),
			pace:
				responsiveness === 'fixed'
					? { kind: 'fixed', intervalMs: 1000 * read(OPTIONS.intervalSeconds) }
					: PACES[responsiveness],
			minGapMs,
		},
		onDeadline: read(OPTIONS.onDeadline),
		includeInputFields: read(OPTIONS.includeInputFields),
		includeRaw: read(OPTIONS.includeRaw),
		returnPages: read(OPTIONS.returnPages),
		cancelRemote: read(OPTIONS.cancelRemote),
	};
}

type Responsiveness = keyof typeof PACES | Extract<Pace['kind'], 'fixed'>;

function readResponsiveness(value: unknown): Responsiveness {
	const name = String(value);
	if (name === 'fixed') return name;
	if (Object.hasOwn(PACES, name)) return name as keyof typeof PACES;
	throw new InvalidInputError(
		`Responsiveness is "${name}"`,
		`Choose one of: ${Object.keys(PACES).join(', ')}, fixed.`,
	);
}
