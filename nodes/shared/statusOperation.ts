import type { IDataObject } from 'n8n-workflow';

import { checkStatus } from './checkStatus';
import type { Operation } from './operations';
import type { CrawlProvider } from './provider';

/** The Get Status operation, the same for every provider: one check, one CrawlJob. */
export function statusOperation(provider: CrawlProvider): Operation {
	return async ({ parameter, send, defaults }) => {
		const { job, raw } = await checkStatus(
			{
				provider,
				reference: provider.readReference(parameter, defaults),
				readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
			},
			send,
		);
		const { includeRaw } = parameter('options', {}) as IDataObject;
		return [includeRaw === true ? { ...job, raw } : job];
	};
}
