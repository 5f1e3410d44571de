import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IConnections, INode, INodeCredentials } from 'n8n-workflow';
import type { WorkflowDefinition } from './client';

const EXAMPLES_FOLDER = resolve(__dirname, '..', '..', '..', 'examples');

/** The credential to use for each credential type. */
export type CredentialsByType = Record<string, { id: string; name: string }>;

/**
 * Reads a workflow of `examples/` and connects it to this n8n's credentials, the one thing that
 * a person importing the file also has to do.
 * @param isWanted which of its nodes to take
 * @throws Error when the workflow needs a credential type that is not given
 */
export function loadExample(
	file: string,
	credentials: CredentialsByType,
	isWanted: (node: INode) => boolean = () => true,
): WorkflowDefinition {
	const text = readFileSync(join(EXAMPLES_FOLDER, file), 'utf8');
	const example = JSON.parse(text) as WorkflowDefinition;
	const { name, settings } = example;
	const nodes = example.nodes.filter(isWanted);
	const connections = between(nodes, example.connections);
	return {
		name,
		connections,
		...(settings && { settings }),
		nodes: nodes.map((node) => connect(node, credentials)),
	};
}

/** The connections whose two ends are among the given nodes. */
function between(nodes: readonly INode[], connections: IConnections): IConnections {
	const names = new Set(nodes.map(({ name }) => name));
	return Object.fromEntries(
		Object.entries(connections)
			.filter(([name]) => names.has(name))
			.map(([name, outputs]) => [
				name,
				Object.fromEntries(
					Object.entries(outputs).map(([type, ends]) => [
						type,
						ends.map((output) => output?.filter(({ node }) => names.has(node)) ?? null),
					]),
				),
			]),
	);
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
