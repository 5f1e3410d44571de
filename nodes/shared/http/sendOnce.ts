import { RequestFault } from '../errors';
import type { ApiRequest, SendRequest } from './api';

/**
 * Sends a request that must not be repeated blindly, such as the start of a crawl, which is paid
 * for, and reads its answer.
 * @param ifLost what to tell the user when no answer says whether the request was carried out: what
 * may have happened, and where to look before trying again
 * @param read reads the body
 * @throws {RequestFault} with that advice when the server may have carried out the request all the same
 */
export async function sendOnce<Result>(
	send: SendRequest,
	request: ApiRequest,
	ifLost: string,
	read: (body: unknown) => Result,
): Promise<Result> {
	try {
		const { body } = await send(request);
		return read(body);
	} catch (error) {
		throw error instanceof RequestFault && error.isUncertain ? error.withAdvice(ifLost) : error;
	}
}
