import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

import { CONTROL, MANNERS, startEchoServer, type EchoServer } from '../support/hostile/echoServer';
import { Finder } from '../support/hostile/planted';
import type { SavedWorkflow } from '../support/n8n/client';
import { runStatements, type Row } from '../support/n8n/database';
import { hasEnded } from '../support/n8n/execution';
import { ensureN8n } from '../support/n8n/install';
import { log } from './log';
import {
	ENVIRONMENT,
	KEPT,
	operationNodes,
	PLACES,
	PlantedCredentials,
	saveWorkflow,
	SECRETS,
	secretsOf,
	triggerNode,
	waitNode,
	type Place,
} from './planting';
import { until } from './quiet';
import { startStage, type Stage } from './stage';
import { node, to } from './waitWorkflow';

const AT_ONCE = 14;
const PATIENCE_MS = 6 * 60_000;
/** Calls of a resume address that come sooner bring about no check. */
const CALLS_EVERY_MS = 11_000;
/** What the second check of a durable wait is answered with: an end, an error, or faults until its deadline. */
const ENDS_OF_WAITS = ['read', 'refused', 'broken'] as const;

let stage: Stage;
let echo: EchoServer;
let credentials: PlantedCredentials;
const workflows: SavedWorkflow[] = [];
/** Those with a durable wait. */
const durable: SavedWorkflow[] = [];
const triggered: SavedWorkflow[] = [];

/** What can be searched, by its name. */
const found = {
	/** What n8n said to whoever has used it. */
	answers: [] as string[],
	executions: new Map<string, string>(),
	files: new Map<string, Buffer>(),
	columns: new Map<string, string>(),
};

beforeAll(async () => {
	echo = await startEchoServer({
		secretsOf,
		expiredToken: SECRETS.access,
		tokens: { access: SECRETS.newAccess, refresh: SECRETS.newRefresh },
		webhookSecret: KEPT.geonodeHook,
	});
	stage = await startStage({ workers: 0, env: { ...ENVIRONMENT, N8N_LOG_LEVEL: 'debug' } });
	credentials = new PlantedCredentials(stage.n8n, echo);
	log('n8n is ready');

	await side(
		PLACES.flatMap((place) => ENDS_OF_WAITS.map((end) => [place, end] as const)),
		startDurable,
	);
	const triggers = Promise.all(PLACES.map(activateTriggers));
	log('the durable waits are parked');
	const cases = PLACES.flatMap((place) => MANNERS.map((manner) => [place, manner] as const));
	await side(cases, runOperations);
	log('the operations have run');
	await triggers;
	await untilWaitsEnd();
	log('the durable waits have ended');
	await until(async () => await haveStarted(triggered), PATIENCE_MS);
	for (const workflow of triggered) await stage.n8n.deactivateWorkflow(workflow);
	await collect();
	log('everything is collected');
}, 15 * 60_000);

afterAll(async () => {
	await stage?.close();
	await echo?.close();
});

describe('what n8n has stored and printed', () => {
	const finder = new Finder(SECRETS);
	const everywhere = new Finder({ ...SECRETS, ...KEPT });
	const searched = (places: ReadonlyMap<string, string | Buffer>, by: Finder) =>
		[...places].flatMap(([name, content]) => by.find(content).map((trace) => `${name}: ${trace}`));

	it('comes of servers that repeat secrets in each of their ways', () => {
		const manners = PLACES.flatMap((place) => MANNERS.map((manner) => `${place} ${manner}`));
		expect([...echo.answered].sort()).toEqual(manners.sort());
	});

	it('holds what stands beside the secrets, in every place where there is room for it', () => {
		const holds = (content: string | Buffer) => content.includes(CONTROL);
		expect({
			answers: found.answers.some(holds),
			executions: [...found.executions.values()].some(holds),
			log: holds(found.files.get('n8n-start.log') ?? ''),
			database: [...found.files].some(([name, file]) => name.includes('.sqlite') && holds(file)),
			data: holds(found.columns.get('execution_data.data') ?? ''),
		}).toEqual({ answers: true, executions: true, log: true, database: true, data: true });
	});

	it('holds the secret of a webhook where n8n keeps it with the workflow, and nowhere else', () => {
		const kept = new Finder(KEPT);
		const columns = [...found.columns].filter(([, column]) => kept.find(column).length > 0);
		expect(columns.map(([name]) => name)).toEqual(['workflow_entity.staticData']);
	});

	it('has no secret in what it answers to those who use it', () => {
		expect(found.answers.flatMap((answer) => everywhere.find(answer))).toEqual([]);
	});

	it('has no secret in any execution, those of durable waits too', () => {
		expect(searched(found.executions, everywhere)).toEqual([]);
	});

	it('has no secret in any column of the database', () => {
		expect(searched(found.columns, finder)).toEqual([]);
	});

	it('has no secret in the bytes of the database, deleted ones too, in its log, or in any other file', () => {
		expect(searched(found.files, finder)).toEqual([]);
	});
});

/** Does something for each of the cases, a few at a time. */
async function side<Case>(
	cases: readonly Case[],
	work: (one: Case) => Promise<void>,
): Promise<void> {
	const left = [...cases];
	const worker = async () => {
		for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function save(
	...args: Parameters<typeof saveWorkflow> extends [unknown, ...infer Rest] ? Rest : never
) {
	const workflow = await saveWorkflow(stage.n8n, ...args);
	workflows.push(workflow);
	return workflow;
}

async function run(workflow: SavedWorkflow): Promise<void> {
	const id = await stage.n8n.runByHand(workflow.id, 'Start');
	await stage.n8n.waitForExecution(id, PATIENCE_MS);
}

type Manner = (typeof MANNERS)[number];

/** All operations and the waits that end in one execution, with errors as items and as errors. */
async function runOperations([place, manner]: readonly [Place, Manner]): Promise<void> {
	const at = async (good = 0) => await credentials.create(place, manner, good);
	const nodes = operationNodes(place, await at());
	const waits = [
		waitNode(place, await at(), 'inExecution'),
		waitNode(place, await at(), 'checkOnce'),
		...operationNodes(place, await at(1)).filter(({ name }) => name.includes('startAndWait')),
	].map((one, index) => ({ ...one, id: `wait ${index}`, name: `${one.name} ${index}` }));
	await run(await save(`${place} ${manner}`, [...nodes, ...waits], 'continueRegularOutput'));
	found.answers.push(await credentials.test(place, manner));
	await fetchTestEvent(place, manner);
	if (manner !== 'refused') return;
	await Promise.all(
		[...nodes, ...waits].map(
			async (one) => await run(await save(`${place} ${one.name}`, [one], undefined)),
		),
	);
}

async function fetchTestEvent(place: Place, manner: Manner): Promise<void> {
	const { n8n } = stage;
	const trigger = triggerNode(place, await credentials.create(place, manner));
	const definition = { name: `${place} ${manner} event`, nodes: [trigger], connections: {} };
	const workflow = await n8n.createWorkflow(definition);
	workflows.push(workflow);
	await n8n.waitForExecution(await n8n.runByHand(workflow.id, 'Trigger'), PATIENCE_MS);
}

/** A durable wait whose crawl is running at the first check; it tells where it can be woken. */
async function startDurable([place, end]: readonly [Place, Manner]): Promise<void> {
	const { n8n } = stage;
	const wait = waitNode(place, await credentials.create(place, end, 1), 'durable', {
		maxWaitMinutes: 5,
		maxConsecutiveFailures: 1,
	});
	const url = `=${echo.tellUrl}{{ encodeURIComponent($execution.resumeUrl) }}`;
	const workflow = await n8n.createWorkflow({
		name: `${place} ${end} durable`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Tell', 'n8n-nodes-base.httpRequest', 4.2, { method: 'POST', url }),
			wait,
		],
		connections: { Start: { main: [to('Tell')] }, Tell: { main: [to(wait.name)] } },
	});
	workflows.push(workflow);
	durable.push(workflow);
	await n8n.untilParked(await n8n.runByHand(workflow.id, 'Start'), PATIENCE_MS);
}

/** Wakes the durable waits until they have ended. */
async function untilWaitsEnd(): Promise<void> {
	let calledAt = 0;
	await until(async () => {
		if (Date.now() - calledAt > CALLS_EVERY_MS) {
			calledAt = Date.now();
			for (const address of echo.told) await fetch(address, { method: 'POST' });
		}
		for (const { id } of durable) {
			const executions = await stage.n8n.listExecutions({ workflowId: id });
			const isGuard = (workflowName = '') => workflowName.includes('guard');
			for (const execution of executions.filter((one) => !hasEnded(one))) {
				const { workflowData } = await stage.n8n.getExecution(execution.id);
				if (!isGuard(workflowData?.name)) return false;
			}
		}
		return true;
	}, PATIENCE_MS);
}

/**
 * Triggers of a provider: one that sees crawls end, one whose polls are refused later, and one that
 * cannot be activated.
 */
async function activateTriggers(place: Place): Promise<void> {
	const push = place === 'geonode' || place === 'convocore';
	const more = push ? { push, pushSecret: '={{ $env.PLANTED_PUSH_SECRET }}' } : {};
	for (const [manner, good] of [
		['read', 8],
		['refused', 8],
		['refused', 0],
	] as const) {
		const trigger = triggerNode(place, await credentials.create(place, manner, good), more);
		const webhookId = `${place}-${manner}-${good}`;
		const workflow = await stage.n8n.createWorkflow({
			name: `${place} ${manner} trigger`,
			nodes: [{ ...trigger, webhookId }],
			connections: {},
		});
		workflows.push(workflow);
		try {
			await stage.n8n.activateWorkflow(workflow);
			if (manner === 'read') triggered.push(workflow);
		} catch (error) {
			found.answers.push(String(error));
		}
		if (push) await callWebhook(webhookId);
	}
}

async function callWebhook(webhookId: string): Promise<void> {
	const secret = SECRETS.pushSecret.value;
	for (const header of [secret, `${secret}x`]) {
		const response = await fetch(`${stage.webhookUrl}/webhook/${webhookId}/crawl-finished`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-convocore-crawler-secret': header },
			body: JSON.stringify({ event: 'job_completed', secret, [secret]: secret }),
		});
		found.answers.push(`${response.status} ${await response.text()}`);
	}
}

async function haveStarted(all: readonly SavedWorkflow[]): Promise<boolean> {
	for (const { id } of all) {
		if ((await stage.n8n.listExecutions({ workflowId: id })).length === 0) return false;
	}
	return true;
}

/** Reads all that n8n has stored: over its API, in its files while it runs, and in its database. */
async function collect(): Promise<void> {
	const { n8n, main } = stage;
	for (const { id, name } of workflows) {
		for (const execution of await n8n.listExecutions({ workflowId: id })) {
			const content = JSON.stringify(await n8n.getExecution(execution.id));
			found.executions.set(`${name}, execution ${execution.id}`, content);
		}
	}
	collectFiles('running: ');
	await main.stop();
	collectFiles('');
	const installation = await ensureN8n();
	const query = (sql: string): Row[] =>
		runStatements(installation, main.userFolder, [{ sql }])[0] ?? [];
	for (const { name } of query("SELECT name FROM sqlite_master WHERE type = 'table'")) {
		for (const row of query(`SELECT * FROM "${name}"`)) {
			for (const [column, value] of Object.entries(row)) {
				const key = `${name}.${column}`;
				found.columns.set(key, `${found.columns.get(key) ?? ''}${String(value)}\n`);
			}
		}
	}
	const sizes = [...found.files.values()].reduce((sum, { length }) => sum + length, 0);
	log(
		`searched: ${found.answers.length} answers, ${found.executions.size} executions, ${found.columns.size} columns, ${found.files.size} files of ${Math.round(sizes / 1024 / 1024)} MB`,
	);
}

/** The files of n8n, but not those of the packages that it has installed. */
function collectFiles(prefix: string): void {
	const { userFolder } = stage.main;
	for (const entry of readdirSync(userFolder, { recursive: true, encoding: 'utf8' })) {
		const path = join(userFolder, entry);
		if (entry.includes('node_modules') || !statSync(path).isFile()) continue;
		found.files.set(`${prefix}${relative(userFolder, path)}`, readFileSync(path));
	}
}
