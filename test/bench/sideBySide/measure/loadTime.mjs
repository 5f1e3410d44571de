// Prints how long it takes to load nodes, in milliseconds, when n8n-workflow is there already. A process
// of its own, since what is loaded stays loaded: node loadTime.mjs <repository> <file of a node> …
import Module, { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [repository, ...files] = process.argv.slice(2);
const require = createRequire(join(repository, 'package.json'));
const workflow = require.resolve('n8n-workflow');
require(workflow);

// All packages get the same n8n-workflow, as in n8n.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
	request === 'n8n-workflow' ? workflow : resolve(request, ...rest);

const startedAt = performance.now();
for (const file of files) new (require(file)[basename(file).split('.')[0]])();
console.log(performance.now() - startedAt);
