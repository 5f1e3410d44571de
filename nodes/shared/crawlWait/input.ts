import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { queryFor, type StatusQuery } from '../checkStatus';
import { toNodeError } from '../node/nodeError';
import { recorded } from '../node/parameters';
import { systemClock } from '../node/systemClock';
import { withRetries } from '../paginate';
import type { CrawlProvider } from '../provider';
import { createWait, type Wait } from '../waiting/itemWait';
import { initialState } from '../waiting/wait';
import type { Connections } from './connections';
import { readOptions, type WaitOptions } from './options';
import type { ItemError } from './output';
import type { WaitingNode } from './waitingNode';

/** The wait of one input item. Immutable, like the wait in it. */
export interface ItemWait {
	readonly itemIndex: number;
	/** The parameters that say how to wait for it, after their expressions were evaluated. */
	readonly parameters: INodeParameters;
	readonly options: WaitOptions;
	readonly wait: Wait<StatusQuery>;
	/** What happened besides the checks, as sentences for people to read. */
	readonly warnings: readonly string[];
	/** The crawl's pages, once they have been fetched; `null` also where that failed. */
	readonly pages: IDataObject[] | null;
}

/**
 * Reads what each input item waits for. An item with an invalid parameter becomes an error; where
 * n8n stops on errors, the first one is the last item that is read.
 * @param minGapMs the minimum time between two checks in the wait mode
 */
export async function readItemWaits(
	context: IExecuteFunctions,
	node: WaitingNode,
	connections: Connections,
	minGapMs: number,
): Promise<{ items: ItemWait[]; errors: ItemError[] }> {
	const items: ItemWait[] = [];
	const errors: ItemError[] = [];
	const signal = context.getExecutionCancelSignal();
	const patience = { clock: systemClock, ...(signal && { signal }) };
	/** Those that no item waits for again. */
	const unreadable = new Set<CrawlProvider>();
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (signal?.aborted) break;
		let secrets: readonly string[] = [];
		try {
			const provider = node.providerOf(context, itemIndex);
			const isPatient = !unreadable.has(provider);
			unreadable.add(provider);
			const connection = await withRetries(
				async () => await connections.to(provider),
				isPatient ? patience : undefined,
			);
			unreadable.delete(provider);
			({ secrets } = connection.settings);
			const parameters: INodeParameters = {};
			const parameter = recorded(node.parametersOf(context, itemIndex, provider), parameters);
			const options = readOptions(parameter, minGapMs);
			const item = { context, itemIndex, provider, parameter, connection };
			const settings = queryFor(provider, parameter, options.useEarlierCrawls);
			const query: StatusQuery = { ...settings, reference: await node.referenceOf(item) };
			const state = initialState(systemClock.now());
			const wait = createWait(query, options.policy, state, options.includeRaw);
			items.push({ itemIndex, parameters, options, wait, warnings: [], pages: null });
		} catch (error) {
			errors.push({
				itemIndex,
				error: toNodeError(context.getNode(), error, itemIndex, secrets),
			});
			if (!context.continueOnFail()) break;
		}
	}
	return { items, errors };
}
