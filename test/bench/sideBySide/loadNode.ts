import { basename, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { NodeSource } from './peer';

/**
 * Loads a node as n8n does.
 * @throws Error when the file has no class of its name
 */
export function loadNode(source: NodeSource): INodeType {
	return instanceOf<INodeType>(source);
}

/** The same for the type of a credential. */
export function loadCredentialType(source: NodeSource): ICredentialType {
	return instanceOf<ICredentialType>(source);
}

function instanceOf<Type>({ packageFolder, file }: NodeSource): Type {
	const className = basename(file).split('.')[0] ?? '';
	// What is installed is known at run time only.
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const classes = require(join(packageFolder, file)) as Record<string, new () => Type>;
	const Class = classes[className];
	if (Class === undefined) throw new Error(`${file} has no class ${className}`);
	return new Class();
}
