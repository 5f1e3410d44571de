import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import type { ApiRequest, SendRequest } from '../shared/provider';
import { readPages } from './status';

/** Asks for a crawl: the only request that tells its status, and it gives all pages with it. */
export function statusRequest({
	locationId = '',
	knowledgeBaseId = '',
	operationId = '',
}: JobReference): ApiRequest {
	return {
		method: 'GET',
		path: '/knowledge-bases/crawler/status',
		query: { locationId, knowledgeBaseId, operationId },
	};
}

/** The pages that a crawl has found, trained or not. */
export async function* listPages(
	send: SendRequest,
	reference: JobReference,
): AsyncGenerator<IDataObject> {
	const { body } = await send(statusRequest(reference));
	for (const { failure, ...page } of readPages(body)) {
		yield { ...page, failureMessage: failure?.message ?? null };
	}
}
