import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall, type NodeRun } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript, Simulator } from '../support/simulator';

/** The crawl that {@link pathorsNode}'s scripts are about, unless they name another. */
export const JOB_ID = 'job1';

type Script = Partial<Extract<JobScript, { provider: 'pathors' }>>;

/**
 * What the tests of the Pathors node have in common. Each test gets a project of its own, since the
 * API knows no other look-up than the whole list.
 */
export function pathorsNode(simulator: Simulator) {
	const ids = { projectId: '', knowledgeBaseId: '' };
	let tests = 0;
	beforeEach(() => {
		tests += 1;
		Object.assign(ids, { projectId: `project${tests}`, knowledgeBaseId: `kb${tests}` });
	});

	const nodeCall = (parameters: INodeParameters, change: Partial<NodeCall> = {}): NodeCall => ({
		type: 'pathorsCrawler',
		parameters: { ...ids, ...parameters },
		credentials: simulatorCredentials(simulator),
		...change,
	});

	return {
		/** Of the test that runs. */
		ids,
		nodeCall,

		pathors: async (parameters: INodeParameters, change?: Partial<NodeCall>): Promise<NodeRun> =>
			await runNode(nodeCall(parameters, change)),

		/** A crawl known to the simulator, which has succeeded unless the script says otherwise. */
		scriptJob: (script: Script = {}): IDataObject => {
			const jobId = script.jobId ?? JOB_ID;
			simulator.scriptJob({
				provider: 'pathors',
				durationMs: 0,
				outcome: 'succeeded',
				...ids,
				...script,
				jobId,
			});
			return { jobId, reference: { ...ids, jobId } };
		},

		/** Answers the look-ups of the list (counted from 1) with these crawls, whatever there really is. */
		listShows: (check: [number, number], jobs: unknown[]): Script => ({
			faults: [{ check, fault: { kind: 'http', status: 200, body: { jobs } } }],
		}),

		sent: (): string[] =>
			simulator.requests.map(({ method, path }) => `${method} ${path.split('/crawl')[1] ?? path}`),
	};
}
