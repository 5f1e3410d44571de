// Uses the packed package as somebody does who has no n8n: alone in an empty folder, with no
// registry in reach, from CommonJS, from ES modules and from TypeScript. `node scripts/check-outside.mjs
// <tarball>` does so with that Node.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readManifest } from './stage-package.mjs';

/** A status body of each provider, and the ids that it was looked up with. */
const ANSWERS = {
	highLevel: {
		body: {
			aggregate: [{ _id: 'Successful', records: [{ url: 'https://example.com/', id: 'u1' }] }],
			operationDetails: { _id: 'o1', status: 'Successful', url: 'https://example.com/' },
		},
	},
	convocore: {
		body: { success: true, message: 'Found', data: { id: 'j1', status: 'completed', done: true } },
	},
	geonode: { body: { job_id: 'j1', status: 'completed', url: 'https://example.com/' } },
	midPilot: { body: { jobId: 'j1', status: 'finished' } },
	pathors: {
		body: { jobs: [{ jobId: 'j1', status: 'completed', total: 1, done: 1, failed: 0 }] },
		reference: { jobId: 'j1' },
	},
};

const USE = `
for (const [provider, { body, reference }] of Object.entries(${JSON.stringify(ANSWERS)})) {
	const { status } = normalizeCrawlJob(provider, body, reference);
	if (status !== 'succeeded') throw new Error(provider + ' gives ' + status);
}
console.log(providers.join(' '));
`;

const USERS = {
	'user.cjs': (name) => `const { normalizeCrawlJob, providers } = require('${name}');${USE}`,
	'user.mjs': (name) => `import { normalizeCrawlJob, providers } from '${name}';${USE}`,
};

const TYPED_USER = (name) => `
import { normalizeCrawlJob, providers, type CrawlJob } from '${name}';
const job: CrawlJob = normalizeCrawlJob(providers[0] ?? '', {}, { operationId: 'o1' });
export const percent: number | null = job.progress.percent;
`;

/**
 * What is wrong with a packed package for its users outside n8n.
 * @param {string} tarball its absolute path
 * @param {string} name the package's name
 * @returns {string[]} one sentence for each problem
 */
export function checkOutside(tarball, name) {
	const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-outside-'));
	try {
		return findProblems(folder, tarball, name);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function findProblems(folder, tarball, name) {
	const problems = [];
	const run = (title, command, args, options = {}) => {
		const { status, stdout, stderr } = spawnSync(command, args, {
			cwd: folder,
			env: plainEnvironment(),
			encoding: 'utf8',
			...options,
		});
		if (status !== 0) problems.push(`${title} fails outside n8n:\n${stdout}${stderr}`);
		return stdout.trim();
	};

	writeFileSync(join(folder, 'package.json'), '{"name":"outside","private":true}');
	run('npm install', 'npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
		shell: process.platform === 'win32',
	});
	if (problems.length > 0) return problems;

	const installed = readdirSync(join(folder, 'node_modules')).filter((entry) => entry[0] !== '.');
	if (installed.join() !== name) {
		problems.push(`npm install brings ${installed.length} packages: ${installed.join(', ')}`);
	}

	const expected = Object.keys(ANSWERS).join(' ');
	for (const [file, source] of Object.entries(USERS)) {
		writeFileSync(join(folder, file), source(name));
		const providers = run(file, process.execPath, [file]);
		if (providers !== expected) problems.push(`${file}: providers are "${providers}"`);
	}

	mkdirSync(join(folder, 'typed'));
	writeFileSync(join(folder, 'typed/user.ts'), TYPED_USER(name));
	const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
	for (const [module, resolution] of [
		['commonjs', 'node10'],
		['nodenext', 'nodenext'],
	]) {
		const flags = ['--noEmit', '--strict', '--module', module, '--moduleResolution', resolution];
		run(`TypeScript (${module})`, process.execPath, [
			join(typescript, 'bin/tsc'),
			...flags,
			'typed/user.ts',
		]);
	}
	return problems;
}

/** Without what this run's own npm and Node were told, such as npm's settings of the repository. */
function plainEnvironment() {
	return Object.fromEntries(
		Object.entries(process.env).filter(([key]) => !/^(npm_|NODE_PATH$|NODE_OPTIONS$)/i.test(key)),
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const problems = checkOutside(resolve(process.argv[2]), readManifest().name);
	for (const problem of problems) console.error(`- ${problem}`);
	process.exitCode = problems.length === 0 ? 0 : 1;
}
