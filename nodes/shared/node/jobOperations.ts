import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { checkStatus, jobAtOneLook, queryFor, type StatusQuery } from '../checkStatus';
import type { CrawlJob, JobReference } from '../crawlJob';
import { AdvisedError, RequestFault } from '../errors';
import { take, withRetries } from '../paginate';
import type { ApiRequest, CrawlProvider, ReadParameter } from '../provider';
import { includeRawOption, limitProperties, optionsProperty } from './fields';
import type { ResourceOperation } from './operations';
import { readLimit } from './parameters';

/*
 * The operations on crawls that are the same for every provider. The differences are in its
 * `CrawlProvider`.
 */

export interface GetStatusSettings {
	/** The fields that name the crawl, if the node shows some of the provider's elsewhere. */
	jobProperties?: INodeProperties[];
	/** What the provider's options have besides *Include Raw Response*. */
	options?: INodeProperties[];
	/** What these options add to the CrawlJob, read from the answer. */
	extraFields?: (raw: unknown, options: IDataObject) => object;
	/** Replaces the default description of the operation. */
	description?: string;
}

/** *Get Status*: one check, one CrawlJob. */
export function getStatusOperation(
	provider: CrawlProvider,
	{
		jobProperties = provider.jobProperties,
		options: extraOptions = [],
		extraFields = () => ({}),
		description = 'Get the current status and progress of a crawl',
	}: GetStatusSettings = {},
): ResourceOperation {
	return {
		name: 'Get Status',
		value: 'getStatus',
		action: 'Get crawl status',
		description,
		properties: [...jobProperties, optionsProperty([includeRawOption, ...extraOptions])],
		async run({ parameter, send, defaults }) {
			const query = jobQuery(provider, parameter, defaults);
			const options = parameter('options', {}) as IDataObject;
			const check = await checkStatus(query, send);
			const { raw } = check;
			return [
				{
					...jobAtOneLook(check),
					...extraFields(raw, options),
					...(options.includeRaw === true && { raw }),
				},
			];
		},
	};
}

export interface GetManySettings {
	/** What is listed, such as "List the crawls of a workspace". */
	description: string;
	/** The fields that say where to look. */
	scopeProperties?: INodeProperties[];
	/** The operation's options, where it has some. */
	options?: INodeProperties[];
}

/** *Get Many*: the crawls that the provider lists, one CrawlJob each. */
export function getManyOperation(
	provider: CrawlProvider,
	{ description, scopeProperties = [], options = [] }: GetManySettings,
): ResourceOperation {
	return {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many crawls',
		description,
		properties: [
			...scopeProperties,
			...limitProperties(),
			...(options.length > 0 ? [optionsProperty(options)] : []),
		],
		async run(call) {
			const limit = readLimit(call.parameter);
			const readings = await take(provider.listJobs(call), limit, call.reading);
			return readings.map(jobAtOneLook);
		},
	};
}

/**
 * *Cancel*: asks the provider to stop a crawl, and returns its CrawlJob after that.
 * @param cancelRequest the provider's own
 */
export function cancelOperation(
	provider: CrawlProvider,
	cancelRequest: (reference: JobReference) => ApiRequest,
): ResourceOperation {
	return {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel crawl',
		description: 'Stop a crawl that is still running',
		properties: provider.jobProperties,
		async run({ parameter, send, defaults, reading }) {
			const query = jobQuery(provider, parameter, defaults);
			const { body } = await send(cancelRequest(query.reference)).catch(withoutAnswer);
			const answered = jobIn(query, body);
			if (answered?.status === 'cancelled') return [answered];
			// Some APIs answer the cancellation with the state from before it, or with a mere message.
			const lookUp = withRetries(async () => await checkStatus(query, send), reading);
			return [jobAtOneLook(await lookUp.catch(afterCancel))];
		},
	};
}

/** Says what may have been done where no answer tells. */
function withoutAnswer(error: unknown): never {
	if (!(error instanceof RequestFault && error.isUncertain)) throw error;
	throw error.withMoreAdvice(
		"The crawl may have been cancelled all the same: look it up with 'Get Status'.",
	);
}

/** Says what was done before the look-up that has failed. */
function afterCancel(error: unknown): never {
	if (!(error instanceof AdvisedError)) throw error;
	throw error.withMoreAdvice('The provider has answered the request to cancel the crawl.');
}

/** The crawl in the answer to a cancellation; `null` where it is none. */
function jobIn({ readStatus, reference }: StatusQuery, body: unknown): CrawlJob | null {
	if (body === null) return null;
	try {
		return jobAtOneLook(readStatus(body, reference));
	} catch {
		return null;
	}
}

function jobQuery(
	provider: CrawlProvider,
	parameter: ReadParameter,
	defaults: JobReference,
): StatusQuery {
	const query = queryFor(provider, parameter);
	return { ...query, reference: provider.readReference(parameter, defaults) };
}
