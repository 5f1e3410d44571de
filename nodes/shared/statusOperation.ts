import type { IDataObject } from 'n8n-workflow';

import { checkStatus } from './checkStatus';
import type { Operation } from './operations';
import type { CrawlProvider } from './provider';

/**
 * The Get Status operation, the same for every provider: one check, one CrawlJob.
 * @param extraFields what else the user's options add to it, read from the answer
 */
export function statusOperation(
	provider: CrawlProvider,
	extraFields: (raw: unknown, options: IDataObject) => object = () => ({}),
): Operation {
	return async ({ parameter, send, defaults }) => {
		const { job, raw } = await checkStatus(
			{
				provider,
				reference: provider.readReference(parameter, defaults),
				readStatus: provider.statusReader?.(parameter) ?? provider.readStatus,
			},
			send,
		);
		const options = parameter('options', {}) as IDataObject;
		return [{ ...job, ...extraFields(raw, options), ...(options.includeRaw === true && { raw }) }];
	};
}
