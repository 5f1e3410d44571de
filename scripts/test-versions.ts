// Runs the engine tests on older versions of n8n. What is known not to work on one of them stands in
// test/support/versions/known.json; anything else that fails, and anything there that works, is a
// failure. `npm run test:versions -- 2.20.6` runs them on that version alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { ENGINE_VERSIONS, ensureEngine } from '../test/support/versions/install';

interface KnownFailure {
	versions: string[];
	reason: string;
	/** Patterns of full names. */
	tests: string[];
}

interface JestReport {
	testResults: Array<{
		name: string;
		message: string;
		assertionResults: Array<{ status: string; fullName: string; failureMessages: string[] }>;
	}>;
}

interface Verdict {
	passed: number;
	known: number;
	problems: string[];
}

const ROOT = resolve(__dirname, '..');
const KNOWN = JSON.parse(
	readFileSync(join(ROOT, 'test/support/versions/known.json'), 'utf8'),
) as KnownFailure[];

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	let isGood = true;
	for (const version of wanted.length > 0 ? wanted : ENGINE_VERSIONS) {
		const { passed, known, problems } = judge(version, runTests(await ensureEngine(version)));
		console.log(
			`n8n-core ${version}: ${passed} passed, ${problems.length} failed, ${known} known not to work`,
		);
		for (const problem of problems) console.error(`- ${problem}`);
		isGood &&= problems.length === 0;
	}
	process.exitCode = isGood ? 0 : 1;
}

function runTests(engine: string): JestReport {
	const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-versions-'));
	try {
		const report = join(folder, 'report.json');
		const args = ['--config', 'jest.versions.config.js', '--maxWorkers', '2', '--silent'];
		const { stderr } = spawnSync('jest', [...args, '--json', '--outputFile', report], {
			cwd: ROOT,
			env: { ...process.env, CRAWL_JOBS_ENGINE: engine },
			encoding: 'utf8',
			maxBuffer: 1024 ** 3,
			shell: process.platform === 'win32',
		});
		try {
			return JSON.parse(readFileSync(report, 'utf8')) as JestReport;
		} catch {
			throw new Error(`Jest left no report:\n${stderr}`);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function judge(version: string, { testResults }: JestReport): Verdict {
	const patterns = KNOWN.filter(({ versions }) => versions.includes(version)).flatMap(({ tests }) =>
		tests.map((test) => ({ pattern: new RegExp(test), isSeen: false })),
	);
	const verdict: Verdict = { passed: 0, known: 0, problems: [] };
	for (const { name, message, assertionResults } of testResults) {
		if (assertionResults.length === 0) verdict.problems.push(`${name} does not run: ${message}`);
		for (const { status, fullName, failureMessages } of assertionResults) {
			if (status === 'passed') verdict.passed += 1;
			if (status !== 'failed') continue;
			const matches = patterns.filter(({ pattern }) => pattern.test(fullName));
			for (const match of matches) match.isSeen = true;
			if (matches.length > 0) verdict.known += 1;
			else verdict.problems.push(`${fullName}: ${failureMessages.join('\n')}`);
		}
	}
	for (const { pattern, isSeen } of patterns) {
		if (!isSeen) verdict.problems.push(`known.json: ${pattern.source} works on ${version} now`);
	}
	return verdict;
}

void main();
