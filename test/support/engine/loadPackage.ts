import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import { addCredentialTypes } from './credentialsHelper';
import { addNodeTypes } from './nodeTypes';

/** What a built package brings. */
export interface LoadedPackage {
	/** By their full type name. */
	nodes: Record<string, INodeType>;
	credentials: ICredentialType[];
}

/** Loads a built package as n8n does, beside what the engine has already. */
export async function loadPackage(folder: string): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodes = Object.fromEntries(
		Object.keys(loader.known.nodes).map((name): [string, INodeType] => [
			`${loader.packageName}.${name}`,
			loader.getNode(name).type as INodeType,
		]),
	);
	const credentials = Object.keys(loader.known.credentials).map(
		(name) => loader.getCredential(name).type,
	);
	addNodeTypes(nodes);
	addCredentialTypes(credentials);
	return { nodes, credentials };
}
