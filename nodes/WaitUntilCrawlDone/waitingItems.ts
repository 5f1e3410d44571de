import type { IExecuteFunctions } from 'n8n-workflow';

import type { StatusQuery } from '../shared/checkStatus';
import type { JobReference } from '../shared/crawlJob';
import { toNodeError, type NodeError } from '../shared/nodeError';
import { parameterReader } from '../shared/operations';
import type { CrawlProvider, CredentialSettings, ReadParameter } from '../shared/provider';
import { createWatch, type Watch } from '../shared/waiting/poll';
import { startWatch } from '../shared/waiting/watch';
import { readOptions, type WaitOptions } from './options';

/** One input item that waits for a crawl. */
export interface WaitingItem {
	itemIndex: number;
	options: WaitOptions;
	watch: Watch;
}

/** One input item whose job could not be looked up. */
export interface ItemError {
	itemIndex: number;
	error: NodeError;
}

/** Reads what each input item waits for; an item that does not say it right becomes an error. */
export function readWaitingItems(
	context: IExecuteFunctions,
	provider: CrawlProvider,
	settings: CredentialSettings,
	now: number,
): { items: WaitingItem[]; errors: ItemError[] } {
	const items: WaitingItem[] = [];
	const errors: ItemError[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		try {
			const parameter = parameterReader(context, itemIndex);
			const options = readOptions(parameter);
			const query = readQuery(provider, parameter, settings.defaults);
			items.push({
				itemIndex,
				options,
				watch: createWatch(query, options.policy, startWatch(now)),
			});
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
	defaults: JobReference,
): StatusQuery {
	return {
		provider,
		reference: provider.readReference(parameter, defaults),
		readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
	};
}
