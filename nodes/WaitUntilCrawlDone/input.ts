import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { requireProvider } from '../providers';
import type { StatusQuery } from '../shared/checkStatus';
import { connect, type Connection } from '../shared/http/connection';
import { toNodeError } from '../shared/node/nodeError';
import { itemParameters, recorded } from '../shared/node/parameters';
import type { CrawlProvider, CredentialSettings, ReadParameter } from '../shared/provider';
import { createWait, type Wait } from '../shared/waiting/poll';
import { initialState } from '../shared/waiting/wait';
import { readOptions, type WaitOptions } from './options';
import type { ItemError } from './output';

/** What is the same for all items of the node. */
export interface NodeSettings {
	provider: CrawlProvider;
	connection: Connection;
	/** The parameters that say so, without expressions. */
	parameters: INodeParameters;
}

/** Reads the chosen provider, and opens its API. */
export async function readNodeSettings(context: IExecuteFunctions): Promise<NodeSettings> {
	const parameters: INodeParameters = {};
	const parameter = recorded(itemParameters(context, 0), parameters);
	const provider = requireProvider(String(parameter('provider')));
	return { provider, connection: await connect(context, provider, parameter), parameters };
}

/** The wait of one input item. Like the wait in it, it is a value. */
export interface ItemWait {
	readonly itemIndex: number;
	/** The parameters that say what it waits for, after their expressions were evaluated. */
	readonly parameters: INodeParameters;
	readonly options: WaitOptions;
	readonly wait: Wait<StatusQuery>;
	/** What went on beside the checks, in sentences for a person. */
	readonly warnings: readonly string[];
	/** The crawl's pages, once they have been fetched. */
	readonly pages: IDataObject[] | null;
}

/**
 * Reads what each input item waits for; an item that does not say it right becomes an error.
 * @param minGapMs the least time between two checks that the wait mode asks for
 */
export function readItemWaits(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	settings: CredentialSettings,
	now: number,
	minGapMs: number,
): { items: ItemWait[]; errors: ItemError[] } {
	const items: ItemWait[] = [];
	const errors: ItemError[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const parameters: INodeParameters = {};
			const parameter = recorded(itemParameters(context, itemIndex), parameters);
			const options = readOptions(parameter, minGapMs);
			const query = readQuery(provider, parameter, settings);
			const wait = createWait(query, options.policy, initialState(now), options.includeRaw);
			items.push({ itemIndex, parameters, options, wait, warnings: [], pages: null });
		} catch (error) {
			errors.push({
				itemIndex,
				error: toNodeError(context.getNode(), error, itemIndex, settings.secrets),
			});
		}
	}
	return { items, errors };
}

function readQuery(
	provider: CrawlProvider,
	parameter: ReadParameter,
	settings: CredentialSettings,
): StatusQuery {
	return {
		provider,
		reference: provider.readReference(parameter, settings.defaults),
		readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
	};
}
