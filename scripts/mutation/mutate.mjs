// Mutation tests: changes the code in thousands of small ways, one at a time, and looks whether a
// test fails. `npm run mutate` does so with every part, `npm run mutate -- waiting http` with some.
// What was noticed is kept in reports/mutation, and only tried again when its code changes; what was
// missed is tried again each time, since Stryker does not see that a test has changed.
// A part is tried in steps, since a run that is broken off keeps nothing of its step.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { Stryker } from '@stryker-mutator/core';

import jestConfig from '../../jest.config.js';

/** The least share of the changes that the tests of a part notice, in percent. */
const LEAST_SCORE = 90;

/**
 * What is changed, step by step, and the tests that have to notice it, but for those that would take too
 * long each time.
 */
const PARTS = {
	normalizers: {
		code: [
			'nodes/*/{status,words}.ts',
			'nodes/shared/{counters,crawlJob,emptyCrawl,sanitize,statusWords,time,tolerant}.ts',
		],
		tests: ['test/normalize', 'test/shared', 'test/properties/answers.test.ts'],
		slow: ['test/shared/earlierCrawls.test.ts', 'test/shared/sanitizeCost.test.ts'],
	},
	http: {
		code: ['nodes/shared/http/*.ts'],
		tests: [
			'test/http',
			'test/properties/secrets.test.ts',
			'test/nodes/geonode.test.ts',
			'test/nodes/highLevelOAuth2.test.ts',
			'test/wait/database.test.ts',
		],
		slow: ['test/http/hostile.test.ts', 'test/http/hostileMemory.test.ts'],
		perProcessor: 2,
	},
	waiting: {
		code: ['nodes/shared/waiting/*.ts'],
		tests: ['test/waiting', 'test/properties/waits.test.ts'],
	},
	wait: {
		code: [
			'nodes/{shared/checkStatus,WaitUntilCrawlDone/*}.ts',
			'nodes/shared/crawlWait/[a-k]*.ts',
			'nodes/shared/crawlWait/[l-o]*.ts',
			'nodes/shared/crawlWait/[p-s]*.ts',
			'nodes/shared/crawlWait/[t-z]*.ts',
			'nodes/shared/crawlWait/durable/*.ts',
		],
		tests: ['test/wait', 'test/shared/checkStatus.test.ts'],
		slow: [
			'test/wait/faults.test.ts',
			'test/wait/pages.test.ts',
			'test/wait/timeouts.test.ts',
			'test/wait/together.test.ts',
		],
		perProcessor: 4,
	},
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
if (unknown !== undefined) {
	console.error(`"${unknown}" is no part of the code. Parts: ${Object.keys(PARTS).join(', ')}`);
	process.exit(2);
}

mkdirSync('reports/mutation', { recursive: true });
const scores = [];
for (const name of names) {
	forgetMissed(name);
	for (const step of PARTS[name].code) {
		await new Stryker(optionsOf(name, step, PARTS[name])).runMutationTest();
	}
	const mutants = triedSoFar(name);
	writeFileSync(`reports/mutation/${name}.survivors.txt`, survivors(mutants).join('\n'));
	scores.push({ part: name, ...scoreOf(mutants) });
}
console.table(scores);
process.exit(scores.every(({ score }) => score >= LEAST_SCORE) ? 0 : 1);

function optionsOf(name, step, { tests, slow = [], perProcessor = 1 }) {
	return {
		mutate: [step],
		testRunner: 'jest',
		jest: {
			enableFindRelatedTests: false,
			config: {
				...jestConfig,
				roots: ['<rootDir>/scripts/mutation'],
				testMatch: ['**/all.test.cjs'],
				testEnvironment: fileURLToPath(new URL('environment.cjs', import.meta.url)),
				globals: { testFiles: filesOf(tests).filter((file) => !slow.includes(file)) },
				// A change need not fit the types.
				transform: { '^.+\\.ts$': ['ts-jest', { isolatedModules: true, diagnostics: false }] },
			},
		},
		plugins: ['@stryker-mutator/*', new URL('ignoreTexts.mjs', import.meta.url).href],
		ignorers: ['texts'],
		coverageAnalysis: 'perTest',
		ignoreStatic: true,
		// Tests that wait for servers and pauses leave most of a processor to others.
		concurrency: availableParallelism() * perProcessor,
		timeoutMS: 15_000,
		timeoutFactor: 1.25,
		tempDirName: '.stryker-tmp',
		incremental: true,
		incrementalFile: reportOf(name),
		reporters: ['clear-text', 'progress-append-only'],
		clearTextReporter: { logTests: false, reportTests: false },
	};
}

function reportOf(name) {
	return `reports/mutation/${name}.json`;
}

function forgetMissed(name) {
	if (!existsSync(reportOf(name))) return;
	const report = JSON.parse(readFileSync(reportOf(name), 'utf8'));
	for (const file of Object.values(report.files)) {
		file.mutants = file.mutants.filter((mutant) => !isMissed(mutant));
	}
	writeFileSync(reportOf(name), JSON.stringify(report));
}

function isMissed({ status }) {
	return status === 'Survived' || status === 'NoCoverage';
}

/** The changes of all steps, also of earlier runs. */
function triedSoFar(name) {
	const { files } = JSON.parse(readFileSync(reportOf(name), 'utf8'));
	return Object.entries(files)
		.filter(([fileName]) => existsSync(fileName))
		.flatMap(([fileName, { mutants }]) => mutants.map((mutant) => ({ ...mutant, fileName })));
}

function filesOf(tests) {
	return tests.flatMap((path) =>
		path.endsWith('.ts')
			? path
			: readdirSync(path)
					.filter((file) => file.endsWith('.test.ts'))
					.map((file) => `${path}/${file}`),
	);
}

/** A mutant that makes a test hang is noticed as well as one that makes it fail. */
function scoreOf(mutants) {
	const noticed = mutants.filter(
		({ status }) => status === 'Killed' || status === 'Timeout',
	).length;
	const missed = mutants.filter(isMissed).length;
	return { noticed, missed, score: Number(((100 * noticed) / (noticed + missed)).toFixed(1)) };
}

function survivors(mutants) {
	return mutants
		.filter(isMissed)
		.map(({ fileName, location, mutatorName, replacement, status }) =>
			[
				`${fileName}:${location.start.line}`,
				mutatorName,
				status,
				(replacement ?? '').replace(/\s+/g, ' '),
			].join('  '),
		);
}
