/**
 * `npx tsx test/e2e/parkFixture.ts <tarball of this package>`: lets the packed version park a durable
 * wait on a real n8n, and keeps the wait in `test/fixtures/parked/<version>.json`. The end-to-end
 * tests then see whether later builds go on with it. To be run once for each released version.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { format, resolveConfig } from 'prettier';
import {
	executionPlace,
	PARKED_FOLDER,
	type ParkedExecution,
	type ParkedItem,
	type ParkedWait,
} from './parkedWait';
import { startStage, type Stage } from './stage';
import { waitWorkflow } from './waitWorkflow';
import { runStatements, type Row } from '../support/n8n/database';
import { locateInstallation, type N8nInstallation } from '../support/n8n/installation';
import type { JobScript } from '../support/simulator';

const CREDENTIAL_TYPE = 'geonodeScraperApi';

/** The user's, two supervisors' and the watcher's. */
const EXECUTIONS = 4;

/** Unlike 1 to 4, such ids are found in the saved data without being taken for anything else. */
const FIRST_EXECUTION_ID = 730_519_001;

const LONG_MS = 60 * 60_000;
const PATIENCE_MS = 5 * 60_000;

/** The items besides their ids: the wait is to hold as many kinds of state as it can. */
const ITEMS: Record<
	string,
	Omit<ParkedItem, 'jobId'> & Partial<Pick<JobScript, 'durationMs' | 'faults'>>
> = {
	succeeded: { outcome: 'succeeded', branch: 'success', checks: 3 },
	// Its check by the watcher fails.
	failed: {
		outcome: 'failed',
		branch: 'failed',
		checks: 3,
		faults: [{ check: 2, fault: { kind: 'http', status: 503 } }],
	},
	cancelled: { outcome: 'cancelled', branch: 'cancelled', checks: 3 },
	// The watcher sees its end before it parks.
	partial: { outcome: 'partial', branch: 'success', checks: 2, durationMs: 30_000 },
	// Its deadline is over when another n8n goes on.
	never: { outcome: 'never', branch: 'stillRunning', checks: 3 },
	// It is an error after three checks.
	unknown: { outcome: null, branch: 'error', checks: null },
	// It is an error at once.
	'mal formed': { outcome: null, branch: 'error', checks: null },
};

async function main(): Promise<void> {
	const [tarball] = process.argv.slice(2);
	if (tarball === undefined) throw new Error('Give the tarball of this package');
	process.env.CRAWL_JOBS_TARBALL = resolve(tarball);
	const stage = await startStage({ workers: 0 });
	try {
		const wait = await park(stage, installedVersion(stage));
		const file = join(PARKED_FOLDER, `${wait.version}.json`);
		mkdirSync(PARKED_FOLDER, { recursive: true });
		writeFileSync(file, await toText(stage, wait, file));
		console.log(`The wait is kept in ${file}`);
	} finally {
		await stage.close();
	}
}

function installedVersion({ main: { userFolder } }: Stage): string {
	const packageFolder = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-crawl-jobs');
	const manifest = readFileSync(join(packageFolder, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

/** Starts a wait, and stops n8n when its watcher has made a check and has parked again. */
async function park(stage: Stage, version: string): Promise<ParkedWait> {
	const { n8n, main: server, simulator } = stage;
	const installation = locateInstallation();
	await server.stop();
	runStatements(installation, server.userFolder, [
		{ sql: `DELETE FROM sqlite_sequence WHERE name = 'execution_entity'` },
		{
			sql: `INSERT INTO sqlite_sequence (name, seq) VALUES ('execution_entity', ?)`,
			values: [FIRST_EXECUTION_ID - 1],
		},
	]);
	await server.start();

	const items: ParkedItem[] = Object.entries(ITEMS).map(
		([name, { faults, durationMs, ...item }]) => {
			const jobId = `${version}-${name}`;
			const { outcome } = item;
			if (outcome !== null) {
				const script = { jobId, outcome, pages: 3, durationMs: durationMs ?? LONG_MS };
				simulator.scriptJob({ provider: 'geonode', ...script, ...(faults && { faults }) });
			}
			return { jobId, ...item };
		},
	);
	const path = `parked-${version}`;
	const { id: credentialId, name } = credentialOf(stage);
	const workflow = await n8n.createWorkflow(
		waitWorkflow(stage, {
			path,
			options: {
				maxWaitMinutes: '={{ $json.maxWaitMinutes }}',
				includeInputFields: true,
				includeRaw: true,
				returnPages: true,
			},
			settings: {
				credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name } },
				onError: 'continueErrorOutput',
			},
		}),
	);
	await n8n.activateWorkflow(workflow);
	const jobs = items.map(({ jobId, outcome }) => ({
		jobId,
		maxWaitMinutes: outcome === 'never' ? 5 : 60,
		note: `about ${jobId}`,
	}));
	// Not by the client, which shows n8n its session: n8n keeps the headers with the execution.
	await fetch(`${server.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ jobs }),
	});
	await untilCheckedAndParked(stage, workflow.id, `/v1/crawl/${version}-succeeded`);
	const parkedAt = new Date().toISOString();
	await server.stop();
	return {
		version,
		n8nVersion: installation.version,
		parkedAt,
		items,
		executions: readExecutions(installation, server.userFolder),
	};
}

function credentialOf({ credentials }: Stage): { id: string; name: string } {
	const credential = credentials[CREDENTIAL_TYPE];
	if (credential === undefined) throw new Error(`There is no credential ${CREDENTIAL_TYPE}`);
	return credential;
}

async function untilCheckedAndParked(
	{ n8n, simulator }: Stage,
	workflowId: string,
	checkPath: string,
): Promise<void> {
	const giveUpAt = Date.now() + PATIENCE_MS;
	while (Date.now() < giveUpAt) {
		await sleep(1_000);
		const checks = simulator.requests.filter(({ path }) => path === checkPath);
		// The first is the user's execution's.
		if (checks.length < 2) continue;
		const executions = await n8n.listExecutions({ workflowId });
		const parked = executions.filter(({ status }) => status === 'waiting');
		if (executions.length === EXECUTIONS && parked.length === EXECUTIONS) return;
	}
	throw new Error('The wait has not parked in time');
}

function readExecutions(installation: N8nInstallation, userFolder: string): ParkedExecution[] {
	const sql = `
		SELECT id, mode, waitTill, entity.workflowVersionId AS versionId, workflowData, data
		FROM execution_entity AS entity JOIN execution_data ON executionId = id
		ORDER BY id`;
	const [rows = []] = runStatements(installation, userFolder, [{ sql }]);
	return rows.map((row) => toExecution(row as Row & Record<'data' | 'workflowData', string>));
}

function toExecution(row: Row & Record<'data' | 'workflowData', string>): ParkedExecution {
	const data = JSON.parse(row.data) as unknown[];
	if (JSON.stringify(data) !== row.data) throw new Error('The data of n8n cannot be kept exactly');
	return {
		id: String(row.id),
		mode: String(row.mode),
		waitTill: `${String(row.waitTill).replace(' ', 'T')}Z`,
		versionId: row.versionId === null ? null : String(row.versionId),
		workflowData: JSON.parse(row.workflowData) as ParkedExecution['workflowData'],
		data,
	};
}

/**
 * The content of the file, with placeholders for what is of this machine.
 * @throws Error when something of it is left
 */
async function toText(stage: Stage, wait: ParkedWait, file: string): Promise<string> {
	const [user] = wait.executions;
	const values: Array<[value: string | undefined, placeholder: string]> = [
		[stage.simulator.url, 'simulatorUrl'],
		[new URL(stage.main.url).host, 'n8nHost'],
		[credentialOf(stage).id, 'credentialId'],
		[user?.workflowData.id, 'workflowId'],
		[user?.versionId ?? undefined, 'versionId'],
		...wait.executions.map(({ id }, index): [string, string] => [id, executionPlace(index)]),
	];
	let text = JSON.stringify(wait);
	for (const [value, placeholder] of values) {
		if (value === undefined) throw new Error(`There is no value of ${placeholder}`);
		text = text.replaceAll(value, `{{${placeholder}}}`);
	}
	// n8n's own tokens, with which an execution could be resumed from outside.
	text = text.replace(/"[0-9a-f]{64}"/g, `"${'0'.repeat(64)}"`);
	for (const trace of [
		'127.0.0.1',
		'localhost',
		tmpdir(),
		stage.simulator.credentials.geonode.apiKey,
	]) {
		if (text.includes(trace)) throw new Error(`The wait still holds "${trace}"`);
	}
	return await format(text, { ...(await resolveConfig(file)), parser: 'json' });
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
