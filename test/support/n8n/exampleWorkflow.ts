import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INode, INodeCredentials } from 'n8n-workflow';
import type { WorkflowDefinition } from './client';

const EXAMPLES_FOLDER = resolve(__dirname, '..', '..', '..', 'examples');

/** The credential to use for each credential type. */
export type CredentialsByType = Record<string, { id: string; name: string }>;

/**
 * Reads a workflow of `examples/` and connects it to this n8n's credentials, the one thing that
 * a person importing the file also has to do.
 * @throws Error when the workflow needs a credential type that is not given
 */
export function loadExample(file: string, credentials: CredentialsByType): WorkflowDefinition {
	const text = readFileSync(join(EXAMPLES_FOLDER, file), 'utf8');
	const { name, nodes, connections, settings } = JSON.parse(text) as WorkflowDefinition;
	return {
		name,
		connections,
		...(settings && { settings }),
		nodes: nodes.map((node) => connect(node, credentials)),
	};
}

function connect(node: INode, credentials: CredentialsByType): INode {
	if (!node.credentials) return node;
	const connected = Object.keys(node.credentials).map((type) => {
		const credential = credentials[type];
		if (!credential) throw new Error(`The node "${node.name}" needs a credential of type ${type}`);
		return [type, credential];
	});
	return { ...node, credentials: Object.fromEntries(connected) as INodeCredentials };
}
