import { checkStatus } from '../../../shared/checkStatus';
import type { JobReference } from '../../../shared/crawlJob';
import { RequestFault } from '../../../shared/errors';
import type { SendRequest } from '../../../shared/provider';
import { highLevel } from '../../provider';

/**
 * The ids of a crawl, with that of the latest crawl of the knowledge base where it was left open.
 * @throws {RequestFault} of kind `missing` where there is none; `passing` where HighLevel does not
 * say which it is
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
	if (job.jobId !== '') return job.reference;
	throw new RequestFault('passing', 'HighLevel did not say which crawl is the latest', {
		advice: "Try again later, or fill in 'Operation ID'.",
	});
}
