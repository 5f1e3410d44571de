import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { startSimulator, type JobScript, type Simulator } from '../simulator';
import { waitFor, type WaitRun } from './waitNode';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => simulator.close());

type Fault = NonNullable<JobScript['faults']>[number]['fault'];

/** Every fault that may pass, made new for each job, since some name a point in time. */
const FAULTS: Record<string, () => Fault> = {
	'a lost connection': () => ({ kind: 'reset' }),
	'a connection lost within the body': () => ({ kind: 'cutConnection' }),
	'HTTP 408': () => ({ kind: 'http', status: 408 }),
	'HTTP 425': () => ({ kind: 'http', status: 425 }),
	'HTTP 429': () => ({ kind: 'http', status: 429 }),
	'HTTP 429 with Retry-After in seconds': () => ({
		kind: 'http',
		status: 429,
		headers: { 'retry-after': '1' },
	}),
	'HTTP 503 with Retry-After as a date': () => ({
		kind: 'http',
		status: 503,
		headers: { 'retry-after': new Date(Date.now() + 2000).toUTCString() },
	}),
	'HTTP 500': () => ({ kind: 'http', status: 500 }),
	'HTTP 502 with a web page': () => ({
		kind: 'http',
		status: 502,
		body: '<html>Bad gateway</html>',
	}),
	'a web page': () => ({ kind: 'html' }),
	'a body cut in half': () => ({ kind: 'cutBody' }),
	'an empty body': () => ({ kind: 'emptyBody' }),
	'an answer that is no job': () => ({ kind: 'http', status: 200, body: { hello: 'world' } }),
	'an unknown job': () => ({ kind: 'notFound' }),
};

/** Checks come every second; a job of 1.5 s is first seen as ended by the third. */
const DURATION_MS = 1500;
const POSITIONS = { before: 1, between: 2, after: 3 } as const;
const OUTCOMES = ['succeeded', 'failed'] as const;

/** Where the jobs of providers that need more than one id belong to. */
const KNOWLEDGE_BASE = { knowledgeBaseId: 'simKnowledgeBase0001' };
const SESSION = { sessionId: '550e8400-e29b-41d4-a716-446655440000' };

/** How a job is named at each provider: the input item, and the ids for the script. */
const JOBS: Record<string, () => { jobId: string; reference: IDataObject; script: object }> = {
	highLevel: () => {
		const jobId = randomUUID();
		return { jobId, reference: { ...KNOWLEDGE_BASE, operationId: jobId }, script: {} };
	},
	convocore: () => {
		const jobId = randomUUID();
		return { jobId, reference: { jobId }, script: {} };
	},
	geonode: () => {
		const jobId = randomUUID();
		return { jobId, reference: { jobId }, script: {} };
	},
	midPilot: () => {
		const jobId = randomUUID();
		return { jobId, reference: { ...SESSION, jobId }, script: {} };
	},
	// A list holds all jobs of a knowledge base, so a fault of one would be a fault of all; a project
	// has one knowledge base.
	pathors: () => {
		const jobId = randomUUID();
		const script = { projectId: `project-${jobId}`, knowledgeBaseId: `kb-${jobId}` };
		return { jobId, reference: { ...script, jobId }, script };
	},
};

interface Case {
	item: IDataObject;
	fault: string;
	position: keyof typeof POSITIONS;
	outcome: (typeof OUTCOMES)[number];
}

function makeCases(provider: string): Case[] {
	return Object.keys(FAULTS).flatMap((fault) =>
		(Object.keys(POSITIONS) as Array<keyof typeof POSITIONS>).flatMap((position) =>
			OUTCOMES.map((outcome) => {
				const { jobId, reference, script } = JOBS[provider]?.() ?? {};
				simulator.scriptJob({
					provider,
					jobId,
					durationMs: DURATION_MS,
					outcome,
					faults: [{ check: POSITIONS[position], fault: FAULTS[fault]?.() }],
					...script,
				} as JobScript);
				return { item: { jobId, reference } as IDataObject, fault, position, outcome };
			}),
		),
	);
}

describe.each(Object.keys(JOBS))('a passing fault at %s', (provider) => {
	let cases: Case[];
	let run: WaitRun;

	// All cases wait in one node, side by side: none may disturb another either.
	beforeAll(async () => {
		cases = makeCases(provider);
		run = await waitFor(simulator, { provider, items: cases.map(({ item }) => item) });
	}, 120_000);

	it('is never an error', () => {
		expect(run.error).toBeUndefined();
	});

	const outputOf = (jobId: unknown) =>
		run.outputs.findIndex((items) => items.some(({ json }) => json.jobId === jobId));

	it.each(Object.keys(FAULTS))('%s: leaves the outcome right', (fault) => {
		const ofFault = cases.filter((candidate) => candidate.fault === fault);
		expect(
			ofFault.map(({ item, position, outcome }) => [position, outcome, outputOf(item.jobId)]),
		).toEqual(
			ofFault.map(({ position, outcome }) => [position, outcome, OUTCOMES.indexOf(outcome)]),
		);
	});
});
