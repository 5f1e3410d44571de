import { requireProvider } from '../../nodes/requireProvider';
import { checkStatus } from '../../nodes/shared/checkStatus';
import { PACES } from '../../nodes/shared/waiting/pace';
import { afterCheck, initialState, type WaitPolicy } from '../../nodes/shared/waiting/wait';

const REFERENCE = {
	jobId: 'job1',
	operationId: 'job1',
	sessionId: 's',
	workspaceId: 'w',
	locationId: 'l',
	projectId: 'p',
	knowledgeBaseId: 'k',
};

const policy: WaitPolicy = {
	deadlineMs: 3_600_000,
	stallMs: 0,
	maxFailuresInRow: 10,
	pace: PACES.balanced,
	minGapMs: 0,
};

/** What a wait saves after its first check. */
const stateAfter = async (id: string, body: unknown) => {
	const provider = requireProvider(id);
	const query = { provider, reference: REFERENCE, readStatus: provider.readStatus };
	const check = await checkStatus(query, () => Promise.resolve({ body, pauseMs: null }));
	return afterCheck(initialState(0), check, policy, 0, 0).state;
};

const highLevel = (groups: string[], status = 'Processing') => ({
	aggregate: groups.map((_id) => ({ _id, records: [{ id: 'p' }] })),
	operationDetails: { _id: 'job1', status },
});
const convocore = (change: object) => ({
	success: true,
	data: { id: 'job1', done: false, failed: false, isCancelled: false, ...change },
});
const midPilot = (progress: object, status = 'running') => ({ jobId: 'job1', status, progress });

/** What is compared before anything is cut. */
const SEEN_AS_A_WHOLE = new Set([
	'the word of a group',
	'many groups',
	'the stage',
	'the document',
]);

/** A part of an answer that is as long as a server likes, and the answer with it. */
const PARTS: ReadonlyArray<[string, string, (text: string) => unknown]> = [
	['highLevel', 'the status', (text) => highLevel([], text)],
	['highLevel', 'the word of a group', (text) => highLevel([text])],
	['highLevel', 'many groups', (text) => highLevel([...text].map((end, at) => `${at}${end}`))],
	['convocore', 'the status', (text) => convocore({ status: text })],
	['convocore', 'the message', (text) => convocore({ message: text })],
	['convocore', 'the page at work', (text) => convocore({ activeScrapeUrl: text })],
	['geonode', 'the status', (text) => ({ job_id: 'job1', status: text })],
	['midPilot', 'the status', (text) => midPilot({}, text)],
	['midPilot', 'the stage', (text) => midPilot({ stage: text })],
	['midPilot', 'the message', (text) => midPilot({ message: text })],
	['midPilot', 'the document', (text) => midPilot({ currentDocument: { docId: text } })],
	['pathors', 'the status', (text) => ({ jobs: [{ jobId: 'job1', status: text }] })],
];

describe('the state that a wait saves at each check', () => {
	it.each(PARTS)('stays small: %s, %s', async (provider, _, bodyWith) => {
		const state = await stateAfter(provider, bodyWith('x'.repeat(10_000)));
		expect(JSON.stringify(state).length).toBeLessThan(1_200);
	});

	it.each(PARTS.filter(([, part]) => SEEN_AS_A_WHOLE.has(part)))(
		'tells two long texts apart, however late they differ: %s, %s',
		async (provider, _, bodyWith) => {
			const before = await stateAfter(provider, bodyWith(`${'x'.repeat(10_000)}a`));
			const after = await stateAfter(provider, bodyWith(`${'x'.repeat(10_000)}b`));
			expect(after.lastSeen).not.toBe(before.lastSeen);
		},
	);
});
