// The checks of `npm test`, in the order in which they find mistakes fastest. Each is a command
// that can also be run by itself; what follows `npm test --` goes to Jest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const steps = [
	['Types', 'tsc', ['--noEmit']],
	['Linter', 'eslint', ['.', '--max-warnings', '0']],
	['Formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
	['Build', 'npm', ['run', '--silent', 'build']],
	['Build for one provider each', 'node', ['scripts/build-single.mjs', '--all']],
	['Packages', 'node', ['scripts/check-package.mjs']],
	['Reproducible', 'node', ['scripts/check-reproducible.mjs']],
	['Tests', 'jest', process.argv.slice(2)],
];

for (const [title, command, args] of steps) {
	console.log(`\n== ${title}`);
	const { status } = spawnSync(command, args, {
		cwd: root,
		stdio: 'inherit',
		// The engine's settings folder and local servers must not depend on who runs the tests.
		env: { ...process.env, FORCE_COLOR: process.env.FORCE_COLOR ?? '0' },
		shell: process.platform === 'win32',
	});
	if (status !== 0) {
		console.error(`\n${title}: failed`);
		process.exit(status ?? 1);
	}
}
