// Goes into the package as dist/later.js: loads the code of nodes and credentials when one of
// their functions is first called.
'use strict';

// Kept here, since n8n forgets what it has required of a package before an update.
let code;
const load = () => (code ??= require('./bundle.js'));

const types = {};
const typeOf = (name) => (types[name] ??= new (load()[name])());

/**
 * A function of a node or credential.
 * @param {string} name the name of its class
 * @param {...string} path where the function is
 */
exports.later = function later(name, ...path) {
	return async function (...given) {
		const called = path.reduce((value, key) => value[key], typeOf(name));
		return await called.apply(this, given);
	};
};

// An update replaces the files under a process that goes on with the code it has: one that shares them
// with the process that n8n updates, or any when npm does it. So it must have all code by then. The
// timer keeps no process from ending.
AbortSignal.timeout(5_000).addEventListener('abort', () => {
	try {
		load();
	} catch {
		// The first call says it.
	}
});
