import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { defaultIds } from '../support/simulator/settings';
import type { JobScript, Simulator } from '../support/simulator';

/** The crawl that {@link midPilotNode}'s scripts are about, unless they name another. */
export const JOB_ID = '9b3e7f12-8c4a-43d9-b5e2-1a9c8f7d6e5b';

/** The session of scripted crawls; the simulator makes it with the first of them. */
export const { sessionId } = defaultIds.midPilot;

/** An id that nothing has. */
export const NO_ID = '00000000-0000-4000-8000-000000000000';

/** What the tests of the midPilot node have in common. */
export function midPilotNode(simulator: Simulator) {
	const credential = (change: ICredentialDataDecryptedObject = {}) => ({
		midPilotApi: { ...simulatorCredentials(simulator).midPilotApi, ...change },
	});
	const midPilot = async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
		await runNode({ type: 'midPilotScraper', parameters, credentials: credential(), ...change });
	return {
		credential,
		midPilot,

		createSession: async (options: INodeParameters = {}) =>
			await midPilot({ resource: 'session', operation: 'create', options }),

		/** A crawl that follows a script; without changes it has ended well. */
		scripted: (change: Partial<JobScript> = {}): string => {
			const script = {
				provider: 'midPilot',
				jobId: JOB_ID,
				durationMs: 0,
				outcome: 'succeeded',
				...change,
			} as JobScript;
			simulator.scriptJob(script);
			return script.jobId;
		},
	};
}
