import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { providerProperty } from '../providerFields';
import { requireProvider } from '../providers';
import type { StatusQuery } from '../shared/checkStatus';
import { connect, type Connection } from '../shared/http/connection';
import { textOf } from '../shared/input';
import { toNodeError } from '../shared/node/nodeError';
import { itemParameters, recorded } from '../shared/node/parameters';
import { typedParameters } from '../shared/node/typedParameters';
import type { CrawlProvider, CredentialSettings } from '../shared/provider';
import { createWait, type Wait } from '../shared/waiting/poll';
import { initialState } from '../shared/waiting/wait';
import { readOptions, waitOptionsProperty, type WaitOptions } from './options';
import { readOwnReference } from './otherProvider';
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
	const given = itemParameters(context, 0);
	const id = typedParameters(given, [providerProperty])('provider');
	const provider = requireProvider(textOf(id));
	const parameters: INodeParameters = { provider: provider.id };
	const parameter = recorded(typedParameters(given, provider.jobProperties), parameters);
	return { provider, connection: await connect(context, provider, parameter), parameters };
}

/** The wait of one input item. Immutable, like the wait in it. */
export interface ItemWait {
	readonly itemIndex: number;
	/** The parameters that say what it waits for, after their expressions were evaluated. */
	readonly parameters: INodeParameters;
	readonly options: WaitOptions;
	readonly wait: Wait<StatusQuery>;
	/** What happened besides the checks, as sentences for people to read. */
	readonly warnings: readonly string[];
	/** The crawl's pages, once they have been fetched; `null` also where that failed. */
	readonly pages: IDataObject[] | null;
}

/**
 * Reads what each input item waits for. An item with an invalid parameter becomes an error.
 * @param minGapMs the minimum time between two checks in the wait mode
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
	for (const [itemIndex, { json }] of context.getInputData().entries()) {
		try {
			const parameters: INodeParameters = {};
			const fields = [...provider.jobProperties, waitOptionsProperty];
			const parameter = recorded(
				typedParameters(itemParameters(context, itemIndex), fields),
				parameters,
			);
			const options = readOptions(parameter, minGapMs);
			const query: StatusQuery = {
				provider,
				reference: readOwnReference(json, provider, () =>
					provider.readReference(parameter, settings.defaults),
				),
				readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
			};
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
