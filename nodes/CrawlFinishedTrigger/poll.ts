import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { jobAtOneLook } from '../shared/checkStatus';
import { compareTexts } from '../shared/compareTexts';
import type { CrawlJob } from '../shared/crawlJob';
import { AdvisedError, RequestFault } from '../shared/errors';
import { connect, type Connection } from '../shared/http/connection';
import { DEFAULT_TIMEOUT_MS } from '../shared/http/limits';
import {
	isActivationPoll,
	keepPollCursor,
	pollBudgetMs,
	reportPollError,
} from '../shared/n8nEngine';
import { toNodeError } from '../shared/node/nodeError';
import { nodeParameters } from '../shared/node/parameters';
import { systemClock } from '../shared/node/systemClock';
import { readList, USUAL_PATIENCE, type Patience } from '../shared/paginate';
import type { JobReading, SendRequest } from '../shared/provider';
import { readTriggerSettings, withFieldsRead, type TriggerSettings } from './fields';
import { toItems } from './items';
import { loadMemory, placeOf, saveMemory, type Memory } from './memory';
import { placeInLog } from './placeInLog';
import { look, NOTHING_SEEN, type Looked, type Seen } from './seen';
import { isOvertaken, noteStart } from './starts';
import { takeTurn } from './turns';

/** The next poll is the second look, and the next try. */
const POLL_PATIENCE: Patience = {
	...USUAL_PATIENCE,
	tries: 3,
	longestPauseMs: 20_000,
	secondLooks: 0,
};

/** One poll: an item for each crawl whose end is new, or `null` where there is none. */
export async function pollCrawls(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await fetchTestEvent(context);
	return await takeTurn(context, poll);
}

async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isActivation = isActivationPoll(context);
	let secrets: string[] = [];
	const saved = loadMemory(context);
	const starts = saved?.starts ?? 0;
	let known: Memory | null = null;
	try {
		const source = await openSource(context);
		secrets = source.credential.secrets;
		known = saved?.place === source.place ? saved : null;
		const looked =
			known === null || isActivation
				? await lookFirst(source, known)
				: await lookAgain(source, known.seen);
		const { provider, outcomes } = source.settings;
		const wanted = looked.ended.filter(({ status }) => outcomes.has(status)).sort(byEnd);
		const items = await toItems(wanted, source.settings, source.send, source.signal);
		if (isOvertaken(context, starts)) return null;
		const memory = {
			place: source.place,
			seen: looked.seen,
			fault: saved?.fault ?? null,
			starts: items.length > 0 ? starts + 1 : starts,
		};
		if (looked.fault === null) noteSuccess(context, memory, provider.displayName);
		else noteFault(context, memory, looked.fault, secrets, MISSES_NONE);
		if (items.length > 0) {
			noteStart(context, memory.starts);
			return [items];
		}
		await keepPollCursor(context);
		return null;
	} catch (error) {
		// n8n tells whoever activates the workflow, and nothing is known yet that could be lost. A
		// credential can be edited long after that.
		if (saved === null || isActivation)
			throw toNodeError(context.getNode(), error, undefined, secrets);
		if (isOvertaken(context, starts)) return null;
		noteFault(context, saved, error, secrets, known === null ? '' : MISSES_NONE);
		return null;
	}
}

/** A list of crawls, ready to be read. */
interface Source {
	settings: TriggerSettings;
	send: SendRequest;
	credential: Connection['settings'];
	place: string;
	/** Ends the poll before n8n abandons it. */
	signal: AbortSignal;
}

async function openSource(context: IPollFunctions): Promise<Source> {
	const settings = withFieldsRead(readTriggerSettings(nodeParameters(context)));
	const connection = await connect(context, settings.provider, settings.parameter);
	const budgetMs = pollBudgetMs(context);
	return {
		settings,
		send: sendUntil(systemClock.now() + budgetMs, connection.send),
		credential: connection.settings,
		place: placeOf(context.getNode(), settings, connection.settings),
		signal: AbortSignal.timeout(budgetMs),
	};
}

/** Sends with the time that is left: no request goes on after the poll is over. */
function sendUntil(endsAt: number, send: SendRequest): SendRequest {
	return async (request) => {
		const leftMs = Math.max(1, endsAt - systemClock.now());
		const timeoutMs = Math.min(request.timeoutMs ?? DEFAULT_TIMEOUT_MS, leftMs);
		return await send({ ...request, timeoutMs });
	};
}

interface PollLook extends Looked {
	/** Why the list could not be read to its end. */
	fault: Error | null;
}

/**
 * The first look after an activation: what has ended by now is no news, unless the user wants it.
 * Such a list is read twice, and has to be whole: what it leaves out would be taken for new later.
 */
async function lookFirst(source: Source, known: Memory | null): Promise<PollLook> {
	if (source.settings.emitEnded) {
		const looked = await lookAgain(source, known?.seen ?? NOTHING_SEEN, USUAL_PATIENCE);
		if (looked.fault !== null && known === null) throw looked.fault;
		return looked;
	}
	const { seen } = lookAt(source, NOTHING_SEEN, await readWholeList(source), true);
	return { ...lookAt(source, seen, await readWholeList(source), true), fault: null };
}

async function readWholeList(source: Source): Promise<JobReading[]> {
	const { readings, fault } = await readJobs(source, USUAL_PATIENCE);
	if (fault !== null) throw fault;
	return readings;
}

/** Any other look. What could be read counts, also where the rest could not. */
async function lookAgain(source: Source, seen: Seen, patience = POLL_PATIENCE): Promise<PollLook> {
	const { readings, fault } = await readJobs(source, patience);
	return { ...lookAt(source, seen, readings, false), fault };
}

function lookAt(
	{ settings: { provider } }: Source,
	seen: Seen,
	readings: readonly JobReading[],
	isFirst: boolean,
): Looked {
	const runsAgain = provider.runsAgain === true;
	return look(seen, readings, { isFirst, runsAgain, now: systemClock.now() });
}

async function readJobs(
	{ settings: { provider, parameter }, send, credential: { defaults }, signal }: Source,
	patience: Patience,
): Promise<{ readings: JobReading[]; fault: Error | null }> {
	const reading = { clock: systemClock, patience, signal };
	const list = provider.listJobs({ send, parameter, defaults, reading });
	const { entries, error, secondLookFault } = await readList(list, Infinity, reading);
	// A list that lacks what is counted is not whole.
	const fault = error ?? secondLookFault;
	const isCutShort = fault !== null && signal.aborted;
	return { readings: entries, fault: isCutShort ? tooSlow(provider.displayName) : fault };
}

function tooSlow(displayName: string): RequestFault {
	return new RequestFault('passing', `${displayName} did not list all crawls in time`, {
		advice: 'Try again later. If it keeps failing, delete crawls that are no longer needed.',
		isTimeout: true,
	});
}

function noteSuccess(context: IPollFunctions, memory: Memory, displayName: string): void {
	saveMemory(context, { ...memory, fault: null });
	if (memory.fault === null) return;
	context.logger.info(`The crawls of ${displayName} can be listed again`, placeInLog(context));
}

/** But for a new place, where nothing is known before the first list that can be read. */
const MISSES_NONE = ', and then finds what has ended meanwhile, as far as it is still listed';

/**
 * Keeps what is known, and tells the user of a fault once: in n8n's log, and where it does not pass
 * by itself also as a failed execution, which starts the error workflow. To throw instead would
 * repeat both at every poll.
 */
function noteFault(
	context: IPollFunctions,
	memory: Memory,
	fault: unknown,
	secrets: readonly string[],
	meanwhile: string,
): void {
	const kind = fault instanceof RequestFault && fault.kind === 'passing' ? 'passing' : 'permanent';
	const isTold = memory.fault === 'permanent' || memory.fault === kind;
	saveMemory(context, { ...memory, fault: isTold ? memory.fault : kind });
	if (isTold) return;
	const error = toNodeError(context.getNode(), fault, undefined, secrets);
	const advice = error.description ? ` ${error.description}` : '';
	context.logger.warn(
		`Crawls cannot be listed: ${error.message}.${advice} The trigger keeps trying${meanwhile}.`,
		placeInLog(context),
	);
	if (kind === 'permanent') reportPollError(context, error);
}

/** For *Fetch Test Event* in the editor: the crawl that ended last. Keeps nothing. */
async function fetchTestEvent(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	let secrets: string[] = [];
	try {
		const source = await openSource(context);
		const { settings, send, credential, signal } = source;
		secrets = credential.secrets;
		const jobs = (await readWholeList(source)).map(jobAtOneLook);
		const latest = jobs
			.filter(({ isFinal, status }) => isFinal && settings.outcomes.has(status))
			.sort(byEnd)
			.at(-1);
		if (latest === undefined) throw noneEnded(settings.provider.displayName, jobs.length);
		return [await toItems([latest], settings, send, signal)];
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, secrets);
	}
}

function noneEnded(displayName: string, count: number): AdvisedError {
	const what =
		count === 0
			? 'lists no crawls here'
			: 'lists no crawl here that has ended with one of the selected outcomes';
	return new AdvisedError(
		`${displayName} ${what}`,
		"Start a crawl, wait until it has ended, and fetch the test event again. Also check where the trigger looks, and 'Outcomes'.",
	);
}

/** The crawl that ended last comes last. */
function byEnd(a: CrawlJob, b: CrawlJob): number {
	return compareTexts(endOf(a), endOf(b));
}

function endOf({ finishedAt, updatedAt, startedAt, createdAt }: CrawlJob): string {
	return finishedAt ?? updatedAt ?? startedAt ?? createdAt ?? '';
}
