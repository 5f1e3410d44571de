/* Measures one thing of one peer, and tells its parent. */
import './engineSettings';

import { CHILD_TASKS, type ChildTask } from './childTasks';
import { ensurePeers } from './installed';
import { JumpingClock } from './jumpingClock';
import { shareN8n } from './oneN8n';
import { OURS, otherPeers } from './peers';
import { LoadedPeer } from './peerRun';
import { FULL, QUICK } from './scale';
import { StandIn } from './standIn';

async function main(task: ChildTask, peerId: string, isQuick: boolean): Promise<void> {
	shareN8n();
	const peer =
		OURS.find(({ id }) => id === peerId) ??
		otherPeers(await ensurePeers()).find(({ id }) => id === peerId);
	if (peer === undefined) throw new Error(`There is no peer "${peerId}"`);
	const loaded = await LoadedPeer.load(peer);
	const result = await CHILD_TASKS[task](
		loaded,
		isQuick ? QUICK : FULL,
		new JumpingClock(() => StandIn.held),
	);
	process.send?.(result, undefined, undefined, () => process.exit());
}

const [task = '', peerId = '', quick] = process.argv.slice(2);
main(task as ChildTask, peerId, quick === 'quick').catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
