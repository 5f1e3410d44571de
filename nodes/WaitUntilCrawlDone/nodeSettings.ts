import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { connect, type Connection } from '../shared/http/connection';
import { parameterReader } from '../shared/operations';
import type { CrawlProvider } from '../shared/provider';
import { requireProvider } from '../shared/providers';
import { recorded } from './parameterValues';

/** What is the same for all items of the node. */
export interface NodeSettings {
	provider: CrawlProvider;
	connection: Connection;
	/** The parameters that say so, without expressions. */
	parameters: INodeParameters;
}

/** Reads the chosen provider, and opens its API. */
export async function readNodeSettings(context: IExecuteFunctions): Promise<NodeSettings> {
	const parameters: INodeParameters = {};
	const parameter = recorded(parameterReader(context, 0), parameters);
	const provider = requireProvider(String(parameter('provider')));
	return { provider, connection: await connect(context, provider, parameter), parameters };
}
