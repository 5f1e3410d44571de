import type { INodeProperties } from 'n8n-workflow';

import { includeRawOption, optionsProperty } from '../node/fields';
import { typedParameters } from '../node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../provider';
import { PACES, type Pace } from '../waiting/pace';
import type { WaitPolicy } from '../waiting/wait';

const MS_PER_MINUTE = 60_000;

/** Almost ten years in minutes: keeps the end of a wait within the range of a Date. */
const MAXIMUM = 5_000_000;

/** What the options hold that every provider has; the defaults are those of their fields. */
interface OptionValues {
	cancelRemote: boolean;
	includeInputFields: boolean;
	includeRaw: boolean;
	intervalSeconds: number;
	maxConsecutiveFailures: number;
	maxWaitMinutes: number;
	onDeadline: 'output' | 'error';
	onFailedCrawl: 'output' | 'error';
	responsiveness: Responsiveness;
	returnPages: boolean;
	stallMinutes: number;
	useEarlierCrawls: boolean;
}

type Responsiveness = keyof typeof PACES | Extract<Pace['kind'], 'fixed'>;

/** The option of a node whose crawls leave on one output, however they end. */
export const onFailedCrawlOption: INodeProperties = {
	displayName: 'On Failed Crawl',
	name: 'onFailedCrawl',
	type: 'options',
	options: [
		{ name: 'Output the Item', value: 'output' },
		{ name: 'Throw an Error', value: 'error' },
	],
	default: 'output',
	description: 'What to do with a crawl that has failed or was cancelled',
};

const OPTIONS: Record<Exclude<keyof OptionValues, 'onFailedCrawl'>, INodeProperties> = {
	cancelRemote: {
		displayName: 'Cancel Crawl When Wait Ends',
		name: 'cancelRemote',
		type: 'boolean',
		default: false,
		description:
			'Whether to cancel a crawl that is still running when the maximum wait or the stall limit ends its wait, or when the execution is stopped',
	},
	includeInputFields: {
		displayName: 'Include Input Fields',
		name: 'includeInputFields',
		type: 'boolean',
		default: false,
		description: 'Whether to add the fields of the input item to the output item',
	},
	includeRaw: {
		...includeRawOption,
		description: "Whether to add the provider's last response, as received, in the field 'raw'",
	},
	intervalSeconds: {
		displayName: 'Interval (Seconds)',
		name: 'intervalSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAXIMUM },
		default: 10,
		displayOptions: { show: { responsiveness: ['fixed'] } },
		description: 'How many seconds to wait between two checks',
	},
	maxConsecutiveFailures: {
		displayName: 'Maximum Failures in a Row',
		name: 'maxConsecutiveFailures',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAXIMUM },
		default: 10,
		description:
			'Number of failed checks in a row after which the item becomes an error. Use 0 to keep trying until the maximum wait is over.',
	},
	maxWaitMinutes: {
		displayName: 'Maximum Wait (Minutes)',
		name: 'maxWaitMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAXIMUM },
		default: 60,
		description: 'How long to wait for a crawl to end. Fractions are allowed.',
	},
	onDeadline: {
		displayName: 'After Maximum Wait',
		name: 'onDeadline',
		type: 'options',
		options: [
			{ name: 'Continue as Still Running', value: 'output' },
			{ name: 'Throw an Error', value: 'error' },
		],
		default: 'output',
		description: 'What to do with a crawl that is still running when the maximum wait is over',
	},
	responsiveness: {
		displayName: 'Responsiveness',
		name: 'responsiveness',
		type: 'options',
		options: [
			{ name: 'Balanced', value: 'balanced', description: 'Best for most crawls' },
			{ name: 'Eager', value: 'eager', description: 'Notices the end sooner, sends more requests' },
			{
				name: 'Fixed Interval',
				value: 'fixed',
				description: "Checks every so many seconds, set in 'Interval'",
			},
			{
				name: 'Relaxed',
				value: 'relaxed',
				description: 'Notices the end later, sends fewer requests',
			},
		],
		default: 'balanced',
		description: 'How quickly to notice that a crawl has ended',
	},
	returnPages: {
		displayName: 'Return Pages',
		name: 'returnPages',
		type: 'boolean',
		default: false,
		description:
			"Whether to add the crawled pages in the field 'pages'. They are fetched once, after the crawl has ended.",
	},
	stallMinutes: {
		displayName: 'Stall Limit (Minutes)',
		name: 'stallMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MAXIMUM },
		default: 0,
		description:
			'How many minutes without progress to allow before the wait ends and the crawl leaves as still running. Use 0 for no limit.',
	},
	useEarlierCrawls: {
		displayName: 'Use Earlier Crawls',
		name: 'useEarlierCrawls',
		type: 'boolean',
		default: true,
		description:
			'Whether to check less often at first and more often when a crawl is likely to end, by how long earlier crawls of the same address took. Has no effect with a fixed interval.',
	},
};

/** The options of a wait that every node has. */
export const waitOptions: readonly INodeProperties[] = Object.values(OPTIONS);

const FIELDS = { ...OPTIONS, onFailedCrawl: onFailedCrawlOption };

const optionsField = optionsProperty(Object.values(FIELDS));

/** Whether an option of a wait has an effect at a provider. */
export function isFor({ name }: INodeProperties, provider: CrawlProvider): boolean {
	if (name === OPTIONS.cancelRemote.name) return provider.cancelRequest !== undefined;
	return name !== OPTIONS.returnPages.name || provider.listPages !== undefined;
}

/** The options of one item's wait. */
export interface WaitOptions {
	policy: WaitPolicy;
	onDeadline: 'output' | 'error';
	onFailedCrawl: 'output' | 'error';
	includeInputFields: boolean;
	includeRaw: boolean;
	returnPages: boolean;
	cancelRemote: boolean;
	useEarlierCrawls: boolean;
}

/**
 * Reads the options of one item.
 * @param minGapMs the minimum time between two checks in the wait mode
 * @throws {InvalidInputError} for an invalid value
 */
export function readOptions(parameter: ReadParameter, minGapMs: number): WaitOptions {
	const values = typedParameters(parameter, [optionsField])('options', {}) as Partial<OptionValues>;
	const read = <Name extends keyof OptionValues>(name: Name) =>
		values[name] ?? (FIELDS[name].default as OptionValues[Name]);

	const responsiveness = read('responsiveness');
	return {
		policy: {
			deadlineMs: MS_PER_MINUTE * read('maxWaitMinutes'),
			stallMs: MS_PER_MINUTE * read('stallMinutes'),
			maxFailuresInRow: read('maxConsecutiveFailures'),
			pace:
				responsiveness === 'fixed'
					? { kind: 'fixed', intervalMs: 1000 * read('intervalSeconds') }
					: PACES[responsiveness],
			minGapMs,
		},
		onDeadline: read('onDeadline'),
		onFailedCrawl: read('onFailedCrawl'),
		includeInputFields: read('includeInputFields'),
		includeRaw: read('includeRaw'),
		returnPages: read('returnPages'),
		cancelRemote: read('cancelRemote'),
		useEarlierCrawls: responsiveness !== 'fixed' && read('useEarlierCrawls'),
	};
}
