import type { ICredentialType, INodeType } from 'n8n-workflow';
import { basename, join } from 'node:path';

import { n8n } from '../../../package.json';

const ROOT = join(__dirname, '..', '..', '..');

/** The nodes that package.json registers, by their full type name, from their sources. */
export const packageNodes: Record<string, INodeType> = Object.fromEntries(
	instancesOf<INodeType>(n8n.nodes).map((node) => [
		`n8n-nodes-crawl-jobs.${node.description.name}`,
		node,
	]),
);

/** The credential types that package.json registers, from their sources. */
export const packageCredentials = instancesOf<ICredentialType>(n8n.credentials);

function instancesOf<Type>(builtFiles: string[]): Type[] {
	return builtFiles.map((file) => {
		const source = join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const className = basename(source).split('.')[0] ?? '';
		// The registered list is data, so these cannot be import statements.
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		const module = require(source) as Record<string, new () => Type>;
		const Class = module[className];
		if (Class === undefined) throw new Error(`${source} has no class ${className}`);
		return new Class();
	});
}
