import type { IExecuteFunctions } from 'n8n-workflow';

import { RequestFault } from '../errors';
import type { Connection } from '../http/connection';
import { toNodeError } from '../node/nodeError';
import type { CrawlProvider, SendRequest } from '../provider';
import type { WaitingNode } from './waitingNode';

/** The APIs at which the crawls run, each opened once, when it is needed. */
export class Connections {
	private readonly opened = new Map<CrawlProvider, Promise<Connection>>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly node: WaitingNode,
	) {}

	async to(provider: CrawlProvider): Promise<Connection> {
		const connection = this.opened.get(provider) ?? this.node.connect(this.context, provider);
		this.opened.set(provider, connection);
		connection.catch((error: unknown) => {
			if (error instanceof RequestFault) this.opened.delete(provider);
		});
		return await connection;
	}

	/** A way to send requests to a provider. */
	readonly sender =
		(provider: CrawlProvider): SendRequest =>
		async (request) =>
			await (await this.use(provider)).send(request);

	/** The same, for requests that are sent after the execution was stopped as well. */
	readonly senderAfterStop =
		(provider: CrawlProvider): SendRequest =>
		async (request) =>
			await (await this.use(provider)).sendAfterStop(request);

	private async use(provider: CrawlProvider): Promise<Connection> {
		try {
			return await this.to(provider);
		} catch (error) {
			throw error instanceof RequestFault ? error : toNodeError(this.context.getNode(), error);
		}
	}
}
