import { addCredentialTypes } from '../../support/engine/credentialsHelper';
import { addNodeTypes } from '../../support/engine/nodeTypes';
import { startWorkflow, type RunningWorkflow } from '../../support/engine/runWorkflow';
import type { Fault } from './faults';
import { loadCredentialType, loadNode } from './loadNode';
import type { NodeSource, Peer } from './peer';
import { Redirect } from './redirect';
import { StandIn } from './standIn';

/** A peer at work, and the server that it asks. */
export interface PeerRun {
	standIn: StandIn;
	workflow: RunningWorkflow;
}

/** A peer whose code is loaded into n8n's engine. */
export class LoadedPeer {
	private constructor(
		readonly peer: Peer,
		private readonly redirect: Redirect | null,
	) {}

	static async load(peer: Peer): Promise<LoadedPeer> {
		addNodeTypes(
			Object.fromEntries(peer.nodes.map(({ type, source }) => [type, loadNode(source)])),
		);
		addCredentialTypes(
			peer.credentialTypes.map((source: NodeSource) => loadCredentialType(source)),
		);
		const { fixedHost } = peer;
		return new LoadedPeer(peer, fixedHost === undefined ? null : await Redirect.of(fixedHost));
	}

	/**
	 * Starts to wait for jobs, all in one node, in n8n's own engine.
	 * @param lengths of the jobs, in milliseconds
	 */
	async start(lengths: readonly number[], fault?: Fault): Promise<PeerRun> {
		const { peer, redirect } = this;
		const standIn = await StandIn.start({
			api: peer.api,
			lengths,
			...(fault && { fault }),
			...(redirect && { certificate: redirect.certificate }),
		});
		const part = peer.waitFor(
			standIn.baseUrl,
			standIn.jobs.map(({ id }) => id),
		);
		const begin = () => startWorkflow({ ...part, settings: { executionOrder: 'v1' } });
		const workflow = redirect === null ? begin() : redirect.run(standIn.port, begin);
		return { standIn, workflow };
	}
}
