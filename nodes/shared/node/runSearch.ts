import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { connect } from '../http/connection';
import type { CrawlProvider, Search } from '../provider';
import { editorReading } from './listReading';
import { toNodeError } from './nodeError';
import { editorParameters } from './parameters';
import { typedParameters } from './typedParameters';

/** Fetches the choices of a field in the editor. */
export async function runSearch(
	context: ILoadOptionsFunctions,
	provider: CrawlProvider,
	search: Search,
	filter: string,
	paginationToken: string,
): Promise<INodeListSearchResult> {
	const parameter = typedParameters(editorParameters(context), provider.jobProperties);
	try {
		const { send, settings } = await connect(context, provider, parameter);
		return await search({
			send,
			parameter,
			defaults: settings.defaults,
			reading: editorReading,
			filter,
			paginationToken,
		});
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
