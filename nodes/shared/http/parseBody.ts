import { RequestFault } from '../errors';
import type { Reader } from '../tolerant';

/**
 * Reads a body with a provider's reader.
 * @param what the provider and thing expected, such as "Example crawl job", for the error
 * @throws {RequestFault} of kind `passing` when the reader gives `null`: a proxy's own or an
 * incomplete answer may pass, and must never count as an outcome
 */
export function parseBody<Value>(reader: Reader<Value | null>, body: unknown, what: string): Value {
	const value = reader(body);
	if (value !== null) return value;
	throw new RequestFault('passing', `The response is not a ${what}`, {
		advice: "Check the 'Base URL' in the credential. If it is correct, try again later.",
		isUncertain: true,
		isForeign: true,
	});
}
