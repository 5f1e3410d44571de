import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../shared/http/connection';
import { parameterReader } from '../shared/operations';
import type { CrawlProvider } from '../shared/provider';
import { requireProvider } from '../shared/providers';
import { requireWaitMode, type WaitMode } from './waitModes';

/** What is the same for all items of the node. */
export interface NodeSettings {
	mode: WaitMode;
	provider: CrawlProvider;
	connection: Connection;
}

/** Reads the chosen wait mode and provider, and opens the provider's API. */
export async function readNodeSettings(context: IExecuteFunctions): Promise<NodeSettings> {
	const parameter = parameterReader(context, 0);
	const mode = requireWaitMode(String(parameter('waitMode')));
	const provider = requireProvider(String(parameter('provider')));
	return { mode, provider, connection: await connect(context, provider, parameter) };
}
