import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { runNode, type NodeCall } from '../support/engine/runNode';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { JobScript, Simulator } from '../support/simulator';

/** The crawl that {@link convocoreNode}'s scripts are about, unless they name another. */
export const JOB_ID = 'simCrawl01';

/** What the tests of the Convocore node have in common. */
export function convocoreNode(simulator: Simulator) {
	const credential = (change: ICredentialDataDecryptedObject = {}) => ({
		convocoreCrawlerApi: { ...simulatorCredentials(simulator).convocoreCrawlerApi, ...change },
	});
	return {
		credential,

		convocore: async (parameters: INodeParameters, change: Partial<NodeCall> = {}) =>
			await runNode({ type: 'convocoreCrawler', parameters, credentials: credential(), ...change }),

		/** A crawl that follows a script; without changes it has ended well. */
		scripted: (change: Partial<JobScript> = {}): string => {
			const script = {
				provider: 'convocore',
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
