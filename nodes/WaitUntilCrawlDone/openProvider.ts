import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../shared/http/connection';
import { toNodeError } from '../shared/nodeError';
import { parameterReader } from '../shared/operations';
import type { CrawlProvider } from '../shared/provider';
import { requireProvider } from '../shared/providers';

/** The provider chosen in the node, and its API. They are the same for all items. */
export async function openProvider(
	context: IExecuteFunctions,
): Promise<{ provider: CrawlProvider; connection: Connection }> {
	try {
		const parameter = parameterReader(context, 0);
		const provider = requireProvider(String(parameter('provider')));
		return { provider, connection: await connect(context, provider, parameter) };
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}
