import type { IDataObject, INode } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { runNode } from '../engine/runNode';
import { simulatorCredentials } from '../engine/simulatorCredentials';
import { startSimulator, type JobScript, type RecordedRequest } from '../simulator';

/** Holds a file for each version of the package of which a saved workflow is kept. */
export const SAVED_FOLDER = resolve(__dirname, '..', '..', 'fixtures', 'workflows');

/** Stands in a file for the address of the simulated website. */
export const SITE = '{{siteUrl}}';

/** All providers know a crawl of this ID, which has ended. */
export const JOB_ID = '9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019';

/** And one that still runs. */
export const RUNNING_ID = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

type Request = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>;

/** What a node has done. */
export interface Outcome {
	error: string | null;
	/** Of each item on each output: its status, and the paths of its fields. */
	outputs: Array<Array<{ status: unknown; fields: string[] }>>;
	/** What it has sent, each once, in the order of the first time. */
	requests: Request[];
}

/** A node as n8n saves it with a workflow, and the item that it gets. */
export interface SavedNode {
	node: INode;
	item: IDataObject;
}

/** The nodes that a version of this package left in n8n's database, and what they did then. */
export interface SavedWorkflow {
	version: string;
	saved: Array<SavedNode & { outcome: Outcome }>;
}

/** The versions of which a saved workflow is kept. */
export function savedVersions(): string[] {
	return readdirSync(SAVED_FOLDER)
		.filter((name) => name.endsWith('.json'))
		.map((name) => basename(name, '.json'));
}

export function readSavedWorkflow(version: string): SavedWorkflow {
	const file = join(SAVED_FOLDER, `${version}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as SavedWorkflow;
}

/** Runs one of its nodes at providers that have just been started. */
export async function runSaved({ node, item }: SavedNode): Promise<Outcome> {
	const simulator = await startSimulator({ pageDelayMs: 1 });
	try {
		const { siteUrl } = simulator;
		for (const provider of Object.keys(simulator.baseUrls) as Array<JobScript['provider']>) {
			const script = { provider, durationMs: 0, pages: 3 };
			simulator.scriptJob({ ...script, jobId: JOB_ID, outcome: 'succeeded' });
			simulator.scriptJob({ ...script, jobId: RUNNING_ID, outcome: 'never' });
		}
		const filled = JSON.stringify(node).replaceAll(SITE, siteUrl);
		const { type, typeVersion, parameters } = JSON.parse(filled) as INode;
		const { error, outputs } = await runNode({
			type: type.split('.').at(-1) ?? '',
			parameters,
			items: [item],
			settings: { typeVersion },
			credentials: simulatorCredentials(simulator),
		});
		const requests = simulator.requests.map(({ method, path, query, body }) =>
			JSON.stringify({ method, path, query, body }).replaceAll(siteUrl, SITE),
		);
		return {
			error: error?.message ?? null,
			outputs: outputs.map((items) =>
				items.map(({ json }) => ({ status: json.status ?? null, fields: fieldsOf(json) })),
			),
			requests: [...new Set(requests)].map((request) => JSON.parse(request) as Request),
		};
	} finally {
		await simulator.close();
	}
}

/** The paths of all fields, but for what is inside of lists and of what a provider has sent. */
function fieldsOf(json: IDataObject, path = ''): string[] {
	return Object.entries(json).flatMap(([name, value]) => {
		const field = `${path}${name}`;
		const isInside = name !== 'raw' && value !== null && typeof value === 'object';
		return isInside && !Array.isArray(value)
			? [field, ...fieldsOf(value as IDataObject, `${field}.`)]
			: [field];
	});
}
