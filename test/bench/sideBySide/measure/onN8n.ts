import { hasEnded, type ExecutionSummary } from '../../../support/n8n/execution';
import type { Peer } from '../peer';
import { sleep } from '../sleep';
import { spreadOf, type Spread } from '../statistics';
import { N8nOfPeers, type WaitedJob } from '../wholeN8n/n8nOfPeers';
import { slotTimes } from '../wholeN8n/slotTime';

const HOUR_MS = 3_600_000;
const LOOK_MS = 2_000;
/** How long after the end of its job a wait is given up. */
const PATIENCE_MS = 300_000;

/** What waits are to a whole n8n. */
export interface OnN8n {
	id: string;
	name: string;
	what: string;
	/** For how long an hour of waiting occupies a slot for executions, in milliseconds. */
	slotTime: Spread;
	/** How many of the waits have given the end of their job although n8n was killed meanwhile. */
	survivors: number;
	/** How many waits there were each time, all in executions of their own. */
	waits: number;
}

export interface OnN8nScale {
	waits: number;
	lengthMs: number;
	/** Of the jobs during which n8n is killed, and when. */
	killed: { lengthMs: number; afterMs: number };
}

/**
 * Waits for jobs with all peers at the same time, on an n8n in a process of its own, first in peace
 * and then with a kill.
 * @throws Error when a wait fails in peace
 */
export async function measureOnN8n(
	peers: readonly Peer[],
	{ waits, lengthMs, killed }: OnN8nScale,
): Promise<OnN8n[]> {
	const lengths = [lengthMs, killed.lengthMs].flatMap((ms) => Array<number>(waits).fill(ms));
	const n8n = await N8nOfPeers.start(peers, lengths);
	try {
		const inPeace = new Map<Peer, WaitedJob[]>();
		const withKill = new Map<Peer, WaitedJob[]>();
		for (const peer of peers) {
			const jobs = await n8n.createWorkflows(peer);
			inPeace.set(peer, jobs.slice(0, waits));
			withKill.set(peer, jobs.slice(waits));
		}
		await beginAll(n8n, inPeace);
		const ended = await untilEnded(n8n, inPeace, lengthMs + PATIENCE_MS);
		await beginAll(n8n, withKill);
		await sleep(killed.afterMs);
		await n8n.killAndRestart();
		const killedOnes = await untilEnded(n8n, withKill, killed.lengthMs + PATIENCE_MS);
		const times = slotTimes(n8n.log);
		return peers.map((peer) => ({
			id: peer.id,
			name: peer.name,
			what: peer.what,
			slotTime: spreadOf(
				(ended.get(peer) ?? []).map((executions) => slotTimeOf(executions, times)),
			),
			survivors: (killedOnes.get(peer) ?? []).filter(([user]) => user?.status === 'success').length,
			waits,
		}));
	} finally {
		await n8n.close();
	}
}

async function beginAll(n8n: N8nOfPeers, jobs: ReadonlyMap<Peer, WaitedJob[]>): Promise<void> {
	for (const job of [...jobs.values()].flat()) await n8n.begin(job);
}

/** The executions of each job once the user's own has ended, or until that takes too long. */
async function untilEnded(
	n8n: N8nOfPeers,
	jobs: ReadonlyMap<Peer, WaitedJob[]>,
	timeoutMs: number,
): Promise<Map<Peer, ExecutionSummary[][]>> {
	const giveUpAt = Date.now() + timeoutMs;
	for (;;) {
		const executions = new Map<Peer, ExecutionSummary[][]>();
		for (const [peer, waited] of jobs) {
			executions.set(
				peer,
				await Promise.all(waited.map(async (job) => await n8n.executionsOf(job))),
			);
		}
		const all = [...executions.values()].flat();
		if (all.every(([user]) => user !== undefined && hasEnded(user))) return executions;
		if (Date.now() > giveUpAt) return executions;
		await sleep(LOOK_MS);
	}
}

/** Of all executions of a wait, for an hour of the user's own. */
function slotTimeOf(executions: readonly ExecutionSummary[], times: Map<string, number>): number {
	const [user] = executions;
	if (user?.status !== 'success') throw new Error(`A wait has ended as ${user?.status}`);
	const waitedMs = Date.parse(user.stoppedAt ?? '') - Date.parse(user.startedAt ?? '');
	const slotMs = executions.reduce((sum, { id }) => sum + (times.get(id) ?? 0), 0);
	return (slotMs / waitedMs) * HOUR_MS;
}
