import type { ICredentialType, INodeType } from 'n8n-workflow';
import { basename, dirname, join } from 'node:path';

import { n8n } from '../../../package.json';

const ROOT = join(__dirname, '..', '..', '..');

/** A node that package.json registers, from its source. */
export interface PackageNode {
	/** The full name of its type. */
	type: string;
	node: INodeType;
	/** Where its source is. */
	folder: string;
}

export const registeredNodes: readonly PackageNode[] = n8n.nodes.map((file) => {
	const node = instanceOf<INodeType>(file);
	return {
		type: `n8n-nodes-crawl-jobs.${node.description.name}`,
		node,
		folder: dirname(sourceOf(file)),
	};
});

/** The nodes that package.json registers, by their full type name, from their sources. */
export const packageNodes: Record<string, INodeType> = Object.fromEntries(
	registeredNodes.map(({ type, node }) => [type, node]),
);

/** The credential types that package.json registers, from their sources. */
export const packageCredentials = n8n.credentials.map(instanceOf<ICredentialType>);

function instanceOf<Type>(builtFile: string): Type {
	const source = sourceOf(builtFile);
	const className = basename(source).split('.')[0] ?? '';
	// The registered list is data, so these cannot be import statements.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const module = require(source) as Record<string, new () => Type>;
	const Class = module[className];
	if (Class === undefined) throw new Error(`${source} has no class ${className}`);
	return new Class();
}

function sourceOf(builtFile: string): string {
	return join(ROOT, builtFile.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
}
