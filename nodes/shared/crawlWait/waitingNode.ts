import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import type { JobReference } from '../crawlJob';
import type { Connection } from '../http/connection';
import type { CrawlProvider, ReadParameter } from '../provider';
import type { WaitMode } from './waitModes';

/** What differs between the nodes that wait for crawls. */
export interface WaitingNode {
	/** Whether each outcome has an output of its own, in the order of `OUTCOMES`, or all have one. */
	readonly hasBranches: boolean;
	/** What can be chosen as *Wait Mode*. */
	readonly waitModes: readonly WaitMode[];

	/**
	 * The provider of an input item's crawl.
	 * @throws {InvalidInputError} when it is not known
	 */
	providerOf(context: IExecuteFunctions, itemIndex: number): CrawlProvider;

	/**
	 * The provider of a wait that has been saved.
	 * @param id of the provider; version 0.1.0 did not save it
	 */
	savedProvider(context: IExecuteFunctions, id: string | undefined): CrawlProvider;

	/** Reads what an input item's crawl is waited for with: the options, and what a status means. */
	parametersOf(
		context: IExecuteFunctions,
		itemIndex: number,
		provider: CrawlProvider,
	): ReadParameter;

	/** Opens a provider's API. */
	connect(context: IExecuteFunctions, provider: CrawlProvider): Promise<Connection>;

	/**
	 * The ids of an input item's crawl.
	 * @throws {InvalidInputError} when they are not known
	 */
	referenceOf(item: WaitingItem): JobReference | Promise<JobReference>;

	/** The parameters by which the helper executions of a durable wait reach the APIs, without expressions. */
	helperParameters(context: IExecuteFunctions): INodeParameters;
}

/** An input item, and how its crawl's provider is reached. */
export interface WaitingItem {
	context: IExecuteFunctions;
	itemIndex: number;
	provider: CrawlProvider;
	/** Of {@link WaitingNode.parametersOf}. */
	parameter: ReadParameter;
	connection: Connection;
}
