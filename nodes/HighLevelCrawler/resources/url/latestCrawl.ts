import { checkStatus } from '../../../shared/checkStatus';
import type { JobReference } from '../../../shared/crawlJob';
import type { SendRequest } from '../../../shared/provider';
import { highLevel } from '../../provider';

/**
 * The ids of a crawl, with that of the latest crawl of the knowledge base where it was left open.
 * @throws {RequestFault} of kind `missing` where there is none
 */
export async function nameLatest(
	send: SendRequest,
	reference: JobReference,
): Promise<JobReference> {
	if (reference.operationId !== '') return reference;
	const { job } = await checkStatus(
		{ provider: highLevel, reference, readStatus: highLevel.readStatus },
		send,
	);
	return job.reference;
}
