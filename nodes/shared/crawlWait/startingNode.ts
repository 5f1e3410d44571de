import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';

import type { CrawlJob } from '../crawlJob';
import { AdvisedError, RequestFault } from '../errors';
import { connect } from '../http/connection';
import { optionsProperty } from '../node/fields';
import { operationReading } from '../node/listReading';
import type { ResourceOperation } from '../node/operations';
import { connectionParameters, itemParameters } from '../node/parameters';
import { typedParameters } from '../node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../provider';
import { waitForCrawls } from './run';
import { saveLostStart, saveStart, startedFor } from './starts';
import type { WaitingItem, WaitingNode } from './waitingNode';
import { FINISHING_MODES } from './waitModes';

const RESOURCE = 'crawl';
/** The value of *Start and Wait*. */
export const OPERATION = 'startAndWait';

/**
 * Runs *Start and Wait*.
 * @param options of the wait
 */
export async function startAndWait(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	start: ResourceOperation,
	options: INodeProperties[],
): Promise<INodeExecutionData[][]> {
	return await waitForCrawls(context, startingNode(provider, start, options));
}

function startingNode(
	provider: CrawlProvider,
	start: ResourceOperation,
	options: INodeProperties[],
): WaitingNode {
	const settingsOf = (context: IExecuteFunctions): ReadParameter =>
		typedParameters(itemParameters(context, 0), provider.jobProperties);
	return {
		hasBranches: false,
		waitModes: FINISHING_MODES,
		providerOf: () => provider,
		savedProvider: () => provider,
		// Without the options of Start: what is read here is saved with the wait, and they can hold secrets.
		parametersOf: (context, itemIndex) =>
			typedParameters(itemParameters(context, itemIndex), [
				...provider.jobProperties,
				optionsProperty(options),
			]),
		connect: async (context) => await connect(context, provider, settingsOf(context)),
		referenceOf: async (item) => {
			const crawl = startedFor(item.context, item.itemIndex) ?? (await startCrawl(item, start));
			if (crawl.jobId !== '') return crawl.reference;
			throw new AdvisedError(
				'The crawl was started, but cannot be waited for without its ID',
				`${crawl.warnings.join(' ')} Then use 'Get Status', or the node 'Wait Until Crawl Done'.`,
			);
		},
		helperParameters(context) {
			const parameters: INodeParameters = { resource: RESOURCE, operation: OPERATION };
			return { ...parameters, ...connectionParameters(provider, settingsOf(context)) };
		},
	};
}

/** Starts an item's crawl, and remembers that before anything else can fail. */
async function startCrawl(
	{ context, itemIndex, provider, connection }: WaitingItem,
	start: ResourceOperation,
): Promise<CrawlJob> {
	const run = start.run({
		parameter: typedParameters(itemParameters(context, itemIndex), [
			...provider.jobProperties,
			...start.properties,
		]),
		send: connection.send,
		defaults: connection.settings.defaults,
		reading: operationReading(context),
	}) as Promise<[CrawlJob]>;
	const [crawl] = await run.catch((error: unknown) => {
		if (error instanceof RequestFault && error.isUncertain) {
			saveLostStart(context, itemIndex, error.advice);
		}
		throw error;
	});
	saveStart(context, itemIndex, crawl);
	return crawl;
}
