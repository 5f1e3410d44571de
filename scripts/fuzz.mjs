// Tries the properties of test/properties with many cases: `npm run fuzz -- 20000` with that many
// each, without a number with so many that the answers of each provider, which have five properties,
// are a million. A counter-example is printed with the seed that repeats it.
import { spawnSync } from 'node:child_process';

const [runs = '200000'] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(runs)) {
	console.error(`"${runs}" is no number of cases. Usage: npm run fuzz -- 20000`);
	process.exit(2);
}

const jest = ['jest', 'test/properties', '--testTimeout', String(24 * 60 * 60 * 1000)];
const { status } = spawnSync('npx', jest, {
	stdio: 'inherit',
	env: { ...process.env, CRAWL_JOBS_FUZZ_RUNS: runs },
	shell: process.platform === 'win32',
});
process.exit(status ?? 1);
