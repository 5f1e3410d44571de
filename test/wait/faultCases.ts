import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { providers } from '../../nodes/providers';
import type { JobScript, Simulator } from '../support/simulator';
import type { WaitRun } from './waitNode';

export type Fault = NonNullable<JobScript['faults']>[number]['fault'];

/** Checks come every second; a job of 1.5 s is first seen as ended by the third. */
const DURATION_MS = 1500;
const POSITIONS = { before: 1, between: 2, after: 3 } as const;
const OUTCOMES = ['succeeded', 'failed'] as const;

/** Where the jobs of providers that need more than one id belong to. */
const KNOWLEDGE_BASE = { knowledgeBaseId: 'simKnowledgeBase0001' };
const SESSION = { sessionId: '550e8400-e29b-41d4-a716-446655440000' };

interface NamedJob {
	jobId: string;
	/** What the input item names the job by. */
	reference: IDataObject;
	/** The ids for the script besides the job's own. */
	script: object;
}

/** Makes the names of a new job, for each provider. */
const JOBS: Record<string, (jobId: string) => NamedJob> = {
	highLevel: (jobId) => ({
		jobId,
		reference: { ...KNOWLEDGE_BASE, operationId: jobId },
		script: {},
	}),
	convocore: (jobId) => ({ jobId, reference: { jobId }, script: {} }),
	geonode: (jobId) => ({ jobId, reference: { jobId }, script: {} }),
	midPilot: (jobId) => ({ jobId, reference: { ...SESSION, jobId }, script: {} }),
	// A list holds all jobs of a knowledge base, so a fault of one would be a fault of all; a project
	// has one knowledge base.
	pathors: (jobId) => {
		const script = { projectId: `project-${jobId}`, knowledgeBaseId: `kb-${jobId}` };
		return { jobId, reference: { ...script, jobId }, script };
	},
};

/** The providers whose checks are disturbed: all of them. */
export const PROVIDERS = providers.map(({ id }) => id);

/**
 * The names of a new job of a provider.
 * @param jobId a UUID
 * @throws Error when nobody has said here how the provider's jobs are named
 */
export function newJob(provider: string, jobId: string = randomUUID()): NamedJob {
	const make = JOBS[provider];
	if (make !== undefined) return make(jobId);
	throw new Error(
		`The fault matrix does not know how a job of "${provider}" is named: add the provider to JOBS in test/wait/faultCases.ts`,
	);
}

/** A job whose check fails once, before, between or after good ones. */
export interface FaultCase {
	item: IDataObject;
	fault: string;
	position: keyof typeof POSITIONS;
	outcome: (typeof OUTCOMES)[number];
}

/**
 * Jobs of a provider for each fault, each place of it and each outcome.
 * @param faults made new for each job, since some name a point in time
 */
export function faultCases(
	simulator: Simulator,
	provider: string,
	faults: Record<string, () => Fault>,
): FaultCase[] {
	return Object.keys(faults).flatMap((fault) =>
		(Object.keys(POSITIONS) as Array<keyof typeof POSITIONS>).flatMap((position) =>
			OUTCOMES.map((outcome) => {
				const { jobId, reference, script } = newJob(provider);
				simulator.scriptJob({
					provider,
					jobId,
					durationMs: DURATION_MS,
					outcome,
					faults: [{ check: POSITIONS[position], fault: faults[fault]?.() }],
					...script,
				} as JobScript);
				return { item: { jobId, reference }, fault, position, outcome };
			}),
		),
	);
}

/** Where each case was to come out, and where it did. */
export function outputsOf(
	cases: readonly FaultCase[],
	run: WaitRun,
): { expected: unknown[]; actual: unknown[] } {
	const outputOf = (jobId: unknown) =>
		run.outputs.findIndex((items) => items.some(({ json }) => json.jobId === jobId));
	return {
		expected: cases.map(({ position, outcome }) => [position, outcome, OUTCOMES.indexOf(outcome)]),
		actual: cases.map(({ item, position, outcome }) => [position, outcome, outputOf(item.jobId)]),
	};
}
