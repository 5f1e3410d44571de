import Module from 'node:module';

/** What n8n gives to all packages itself. */
const SHARED = /^n8n-(workflow|core)(\/|$)/;

/** How Node finds the file of a module (`lib/internal/modules/cjs/loader.js`, unchanged since Node 0.x). */
interface Loader {
	_resolveFilename(request: string, parent: unknown, ...rest: unknown[]): string;
}

/**
 * From now on all packages, wherever they lie, get the n8n-workflow and n8n-core that the engine here
 * consists of, as in n8n: the peers' own code stays as it is.
 */
export function shareN8n(): void {
	const loader = Module as unknown as Loader;
	const resolve = loader._resolveFilename.bind(loader);
	loader._resolveFilename = (request, parent, ...rest) =>
		resolve(request, SHARED.test(request) ? module : parent, ...rest);
}
