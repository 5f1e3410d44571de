// `npm run audit`: asks the registry about known vulnerabilities of what ships, and of nothing that
// only developers use. It fails for one; where the registry gives no answer, it says so. Another
// project's folder can be given.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));

// Offline, npm would find nothing and not say that it has not asked.
const args = ['audit', '--omit=dev', '--json', '--offline=false'];
const options = { cwd, encoding: 'utf8', shell: process.platform === 'win32' };
const { stdout, stderr } = spawnSync('npm', args, options);
// npm puts a message there when the registry does not answer, and only then.
const { metadata, message, error } = parse(stdout);

if (metadata === undefined && message !== undefined) {
	console.warn(`Skipped, nothing is known: the registry gives no answer: ${message}`);
} else if (metadata === undefined) {
	console.error(`npm audit failed: ${error?.summary ?? stderr}`);
	process.exitCode = 1;
} else {
	const packages = metadata.dependencies.prod - 1;
	const { total } = metadata.vulnerabilities;
	if (packages === 0) console.log('Nothing to audit: no package of others ships.');
	else console.log(`${total} known vulnerabilities in the ${packages} packages that ship.`);
	if (total > 0) process.exitCode = 1;
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}
