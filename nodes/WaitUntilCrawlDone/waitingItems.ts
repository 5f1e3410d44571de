import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { toNodeError } from '../shared/nodeError';
import { parameterReader } from '../shared/operations';
import type { CrawlProvider, CredentialSettings, ReadParameter } from '../shared/provider';
import { createWatch, type Watch } from '../shared/waiting/poll';
import { startWatch } from '../shared/waiting/watch';
import { readOptions, type WaitOptions } from './options';
import type { ItemError } from './outputs';
import { recorded } from './parameterValues';

/** One input item that waits for a crawl. */
export interface WaitingItem {
	readonly itemIndex: number;
	/** The parameters that say what it waits for, after their expressions were evaluated. */
	readonly parameters: INodeParameters;
	readonly options: WaitOptions;
	readonly watch: Watch;
	/** What went beside the checks, for a person to read. */
	readonly warnings: string[];
	/** The crawl's pages, once they have been fetched. */
	pages: IDataObject[] | null;
}

/**
 * Reads what each input item waits for; an item that does not say it right becomes an error.
 * @param minGapMs the least time between two checks that the wait mode asks for
 */
export function readWaitingItems(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	settings: CredentialSettings,
	now: number,
	minGapMs: number,
): { items: WaitingItem[]; errors: ItemError[] } {
	const items: WaitingItem[] = [];
	const errors: ItemError[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const parameters: INodeParameters = {};
			const parameter = recorded(parameterReader(context, itemIndex), parameters);
			const options = readOptions(parameter, minGapMs);
			const watch = readWatch(provider, parameter, settings, options, now);
			items.push({ itemIndex, parameters, options, watch, warnings: [], pages: null });
		} catch (error) {
			errors.push({
				itemIndex,
				error: toNodeError(context.getNode(), error, itemIndex, settings.secrets),
			});
		}
	}
	return { items, errors };
}

function readWatch(
	provider: CrawlProvider,
	parameter: ReadParameter,
	settings: CredentialSettings,
	options: WaitOptions,
	now: number,
): Watch {
	const query = {
		provider,
		reference: provider.readReference(parameter, settings.defaults),
		readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
	};
	return createWatch(query, options.policy, startWatch(now), options.includeRaw);
}
