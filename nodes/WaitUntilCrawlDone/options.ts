import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { showFor } from '../shared/fields';
import { InvalidInputError } from '../shared/identifiers';
import type { CrawlProvider, ReadParameter } from '../shared/provider';
import { providers } from '../shared/providers';
import { PACES, type Pace } from '../shared/waiting/pace';
import type { WaitPolicy } from '../shared/waiting/watch';

const MS_PER_MINUTE = 60_000;

/** The wait node's options of one item. */
export interface WaitOptions {
	policy: WaitPolicy;
	onDeadline: 'output' | 'error';
	includeInputFields: boolean;
	includeRaw: boolean;
	returnPages: boolean;
	cancelRemote: boolean;
}

function providersThat(can: (provider: CrawlProvider) => unknown): string[] {
	return providers.filter(can).map((provider) => provider.id);
}

const providerOptions = providers.flatMap((provider) =>
	showFor(provider.waitOptions ?? [], { '/provider': [provider.id] }),
);

function inOrder(options: INodeProperties[]): INodeProperties[] {
	return options.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

export const optionProperties: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inOrder([
			{
				displayName: 'Cancel Crawl When Wait Ends',
				name: 'cancelRemote',
				type: 'boolean',
				default: false,
				displayOptions: {
					show: { '/provider': providersThat((provider) => provider.cancelRequest) },
				},
				description:
					'Whether to cancel the crawl at the provider when the deadline passes or the execution is stopped',
			},
			{
				displayName: 'Include Input Fields',
				name: 'includeInputFields',
				type: 'boolean',
				default: false,
				description: "Whether to add the input item's fields to the output item",
			},
			{
				displayName: 'Include Raw Response',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether to add the provider's last answer, untouched, as the field raw",
			},
			{
				displayName: 'Interval (Seconds)',
				name: 'intervalSeconds',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				displayOptions: { show: { responsiveness: ['fixed'] } },
				description: 'How long to wait between two checks',
			},
			{
				displayName: 'Maximum Failures in a Row',
				name: 'maxConsecutiveFailures',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 10,
				description:
					'After how many failed checks in a row an item becomes an error; 0 keeps trying until the deadline',
			},
			{
				displayName: 'Maximum Wait (Minutes)',
				name: 'maxWaitMinutes',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 3 },
				default: 60,
				description: 'How long to wait for a crawl. Fractions are allowed.',
			},
			{
				displayName: 'On Deadline',
				name: 'onDeadline',
				type: 'options',
				options: [
					{ name: 'Output on Still Running', value: 'output' },
					{ name: 'Raise an Error', value: 'error' },
				],
				default: 'output',
				description: 'What to do with a crawl that has not ended when the maximum wait is over',
			},
			{
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
			},
			{
				displayName: 'Return Pages',
				name: 'returnPages',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/provider': providersThat((provider) => provider.listPages) } },
				description:
					'Whether to add the crawled pages as the field pages. They are fetched once, after the end.',
			},
			{
				displayName: 'Stall Limit (Minutes)',
				name: 'stallMinutes',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 3 },
				default: 0,
				description:
					'After how long without any progress a crawl is sent to Still Running; 0 never does',
			},
			...providerOptions,
		]),
	},
];

/**
 * Reads the options of one item.
 * @param minGapMs the least time between two checks that the wait mode asks for
 * @throws {InvalidInputError} for a number that is none, or out of its range
 */
export function readOptions(parameter: ReadParameter, minGapMs: number): WaitOptions {
	const options = parameter('options', {}) as IDataObject;
	return {
		policy: {
			deadlineMs: MS_PER_MINUTE * readNumber(options.maxWaitMinutes ?? 60, 'Maximum Wait', 0),
			stallMs: MS_PER_MINUTE * readNumber(options.stallMinutes ?? 0, 'Stall Limit', 0),
			maxFailuresInRow: readNumber(
				options.maxConsecutiveFailures ?? 10,
				'Maximum Failures in a Row',
				0,
			),
			pace: readPace(options),
			minGapMs,
		},
		onDeadline: options.onDeadline === 'error' ? 'error' : 'output',
		includeInputFields: options.includeInputFields === true,
		includeRaw: options.includeRaw === true,
		returnPages: options.returnPages === true,
		cancelRemote: options.cancelRemote === true,
	};
}

function readPace(options: IDataObject): Pace {
	const name = String(options.responsiveness ?? 'balanced');
	if (name === 'fixed') {
		return {
			kind: 'fixed',
			intervalMs: 1000 * readNumber(options.intervalSeconds ?? 10, 'Interval', 1),
		};
	}
	if (Object.hasOwn(PACES, name)) return PACES[name as keyof typeof PACES];
	throw new InvalidInputError(
		`Responsiveness is "${name}"`,
		`Choose one of: ${Object.keys(PACES).join(', ')}, fixed.`,
	);
}

/** More than anybody waits, and still a date that can be written down. */
const MAXIMUM = 5_000_000;

function readNumber(value: unknown, label: string, minimum: number): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && number >= minimum && number <= MAXIMUM) return number;
	throw new InvalidInputError(
		`${label} is not a number from ${minimum} to ${MAXIMUM}`,
		`Give ${label} as a number in that range.`,
	);
}
