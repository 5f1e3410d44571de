import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { IWorkflowBase } from 'n8n-workflow';

import type { WorkflowDefinition } from '../support/n8n/client';
import { insertion, type SqlValue, type Statement } from '../support/n8n/database';
import type { JobScript } from '../support/simulator';
import type { Branch } from './waitWorkflow';

/** Holds a file for each version of the package of which a parked wait is kept. */
export const PARKED_FOLDER = resolve(__dirname, '..', 'fixtures', 'parked');

/**
 * How long ago a wait seems to have parked, in an n8n that goes on with it: long enough for all that
 * was due to be overdue, and not long enough for the usual deadline of an hour.
 */
const AGE_MS = 30 * 60_000;

/** What is this near to the time at which a wait was parked is a time of that wait. */
const SAME_TIME_MS = 24 * 60 * 60_000;

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Expressions of n8n hold more than a word. */
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** One item of a parked wait, and what is to come of it. */
export interface ParkedItem {
	jobId: string;
	/** How the crawl ends; null for one that the provider does not know. */
	outcome: JobScript['outcome'] | null;
	branch: Branch;
	/** Of the wait, in the end; null where the item becomes an error. */
	checks: number | null;
}

/** An execution as n8n keeps it in its database. */
export interface ParkedExecution {
	id: string;
	mode: string;
	/** n8n's stand-in for "never" where it waits for another execution. */
	waitTill: string;
	versionId: string | null;
	workflowData: IWorkflowBase;
	/** n8n keeps `flatted` text, a JSON array. This is that array, so that nothing of it is lost. */
	data: unknown[];
}

/**
 * A durable wait that a version of this package has parked: all that another n8n needs to go on with
 * it. In its file, a placeholder such as `{{workflowId}}` stands for what differs between two n8ns.
 */
export interface ParkedWait {
	version: string;
	n8nVersion: string;
	/** ISO 8601. All other times are moved along with it when the file is read. */
	parkedAt: string;
	items: ParkedItem[];
	/** The user's first, then the supervisors, and the watcher at last. */
	executions: ParkedExecution[];
}

/** Values for placeholders, by their names. */
export interface PlaceValues {
	simulatorUrl: string;
	/** Name and port. */
	n8nHost: string;
	credentialId: string;
}

/** Values for the placeholders of what is there only once the workflow has been created. */
export interface WorkflowPlaceValues extends PlaceValues {
	workflowId: string;
	versionId: string;
	/** Of the user's execution; the others follow it. */
	firstExecutionId: number;
}

/** The versions of which a parked wait is kept. */
export function parkedVersions(): string[] {
	return readdirSync(PARKED_FOLDER)
		.filter((name) => name.endsWith('.json'))
		.map((name) => basename(name, '.json'));
}

/** The placeholder of an execution's id. */
export function executionPlace(index: number): string {
	return `execution${index + 1}`;
}

/** The workflow that a parked wait belongs to. */
export function readParkedWorkflow(version: string, values: PlaceValues): WorkflowDefinition {
	const { executions } = parse(fill(readText(version), { ...values }));
	const workflow = executions[0]?.workflowData;
	if (workflow === undefined) throw new Error(`No execution of version ${version} is kept`);
	const { name, nodes, connections } = workflow;
	return { name, nodes, connections };
}

/**
 * The parked wait of a version, as if it had parked half an hour ago.
 * @throws Error that names the placeholders that have no value
 */
export function readParkedWait(
	version: string,
	{ firstExecutionId, ...values }: WorkflowPlaceValues,
): ParkedWait {
	const text = readText(version);
	const ids = parse(text).executions.map((_, index) => [
		executionPlace(index),
		String(firstExecutionId + index),
	]);
	const filled = fill(text, { ...values, ...(Object.fromEntries(ids) as Record<string, string>) });
	const open = [...filled.matchAll(PLACEHOLDER)].map(([place]) => place);
	if (open.length > 0) throw new Error(`No value for ${[...new Set(open)].join(', ')}`);
	return moveTimes(filled);
}

/** The statements that put a parked wait into n8n's database. What waits for a time is due at once. */
export function restoration(wait: ParkedWait, workflowId: string): Statement[] {
	const parkedAt = sqlTime(wait.parkedAt);
	return wait.executions.flatMap(({ id, mode, waitTill, versionId, workflowData, data }) => [
		insertion('execution_entity', {
			id: Number(id),
			workflowId,
			finished: 0,
			mode,
			status: 'waiting',
			createdAt: parkedAt,
			startedAt: parkedAt,
			stoppedAt: parkedAt,
			waitTill: sqlTime(waitTill),
			workflowVersionId: versionId,
		}),
		insertion('execution_data', {
			executionId: Number(id),
			workflowData: JSON.stringify(workflowData),
			data: JSON.stringify(data),
			workflowVersionId: versionId,
		}),
	]);
}

function readText(version: string): string {
	return readFileSync(join(PARKED_FOLDER, `${version}.json`), 'utf8');
}

function parse(text: string): ParkedWait {
	return JSON.parse(text) as ParkedWait;
}

function fill(text: string, values: Record<string, string>): string {
	return text.replace(PLACEHOLDER, (place, name: string) => values[name] ?? place);
}

/** A test must not depend on when the wait was parked: the clock of its machine may be behind. */
function moveTimes(text: string): ParkedWait {
	const parkedAt = Date.parse(parse(text).parkedAt);
	const move = (time: number) => time - parkedAt + Date.now() - AGE_MS;
	const isOfWait = (time: number) => Math.abs(time - parkedAt) < SAME_TIME_MS;
	return JSON.parse(text, (_key, value: unknown) => {
		if (typeof value === 'number' && isOfWait(value)) return move(value);
		if (typeof value === 'string' && ISO_TIME.test(value) && isOfWait(Date.parse(value))) {
			return new Date(move(Date.parse(value))).toISOString();
		}
		return value;
	}) as ParkedWait;
}

/** The form in which n8n keeps a time in SQLite. */
function sqlTime(isoTime: string): SqlValue {
	return isoTime.replace('T', ' ').replace('Z', '');
}
