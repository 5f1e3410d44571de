import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { CredentialValues } from './credentialsHelper';
import { nodeTypes } from './nodeTypes';
import { createAdditionalData, createWorkflow, type TestWorkflow } from './runWorkflow';

/** A search behind a resource locator, as the editor calls it. */
export interface ListSearch {
	/** The node's internal name. */
	type: string;
	method: string;
	parameters: INodeParameters;
	credentials: CredentialValues;
	filter?: string;
	paginationToken?: string;
}

const NODE = 'Node';

/** Runs a node's search as the editor does: without any input items. */
export async function searchList(search: ListSearch): Promise<INodeListSearchResult> {
	const { methods, context } = openEditor(search);
	const method = methods?.listSearch?.[search.method];
	if (method === undefined) throw new Error(`There is no ${search.method}`);
	return await method.call(context, search.filter, search.paginationToken);
}

/** Loads the choices of a drop-down as the editor does: without any input items. */
export async function loadOptions(
	call: Pick<ListSearch, 'type' | 'method' | 'parameters' | 'credentials'>,
): Promise<INodePropertyOptions[]> {
	const { methods, context } = openEditor(call);
	const method = methods?.loadOptions?.[call.method];
	if (method === undefined) throw new Error(`There is no ${call.method}`);
	return await method.call(context);
}

function openEditor({
	type: name,
	parameters,
	credentials,
}: Pick<ListSearch, 'type' | 'parameters' | 'credentials'>) {
	const type = `n8n-nodes-crawl-jobs.${name}`;
	const definition: TestWorkflow = {
		nodes: [{ name: NODE, type, parameters }],
		connections: {},
		items: [],
		credentials,
	};
	const workflow = createWorkflow(definition);
	const node = workflow.getNode(NODE);
	if (node === null) throw new Error('The workflow has no such node');
	const additionalData = createAdditionalData(definition, workflow, 'internal', []);
	additionalData.currentNodeParameters = node.parameters;
	return {
		methods: nodeTypes.getByNameAndVersion(type).methods,
		// n8n's types tell a missing name from an undefined one in one of the two only.
		context: new LoadOptionsContext(workflow, node, additionalData, '') as ILoadOptionsFunctions,
	};
}
