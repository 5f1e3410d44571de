import { createHash } from 'node:crypto';

import type { CrawlJob } from '../shared/crawlJob';
import type { JobReading } from '../shared/provider';
import { fingerprint, STANDSTILL_MS } from '../shared/waiting/wait';

/*
 * What the trigger has seen of a list of crawls, as a value: a look at the list gives the crawls
 * whose ends are new, and the next value. It is a ledger of ends. A crawl that ended is entered once,
 * and is no news afterwards, whatever the list shows or leaves out.
 *
 * The ledger is bounded: beyond `MAX_ENDED` entries the crawls that were created first are dropped,
 * and `droppedUpTo` says when the latest of those was created. A crawl without an entry that was
 * created no later counts as one of them, and as soon as one was dropped whose creation is unknown, so
 * does any other of which it is unknown. That may only err on the side of silence, for a crawl that
 * was in no list until thousands of newer ones had ended; a crawl that has been seen running has an
 * entry of its own until it ends. All times that are compared are of one clock: those of creation of
 * the provider's, those of a standstill of n8n's.
 */

/** What has been seen, in plain JSON. n8n keeps it with the workflow. */
export interface Seen {
	/** One record of a fixed width for each crawl that has ended, the one created last first. */
	ended: string;
	/** The creation, in seconds, of the latest crawl whose end has been dropped; `null` before. */
	droppedUpTo: number | null;
	/** Set once an end has been dropped of a crawl whose creation is unknown. */
	droppedUndated?: true;
	/** The crawls that have been seen and had not ended, by their fingerprints. */
	open: Readonly<Record<string, OpenCrawl>>;
}

interface OpenCrawl {
	/** In seconds; `null` where the provider does not say. */
	createdAt: number | null;
	/** The end that is deduced, and has to stand still before it is believed. */
	deduced?: DeducedEnd;
}

interface DeducedEnd {
	/** A fingerprint of what showed it: another one tells that the crawl has moved. */
	shown: string;
	/** When, in milliseconds by the clock of n8n. */
	since: number;
	/** Whether it was so at the first look, so that it is no news if it stays so. */
	isOld: boolean;
}

interface EndedCrawl {
	createdAt: number | null;
	/** The fingerprint of the time at which the crawl started; blank where that is unknown. */
	run: string;
}

/** How a list of crawls is looked at. */
export interface Look {
	/** Whether what has ended by now is no news. */
	isFirst: boolean;
	/** Whether a crawl can run again under its id, so that another end of it is news. */
	runsAgain: boolean;
	/** Milliseconds since the epoch, by the clock of n8n. */
	now: number;
}

/** What follows from a look. */
export interface Looked {
	seen: Seen;
	/** The crawls whose ends are new, in the order of the list. */
	ended: CrawlJob[];
}

/** How many ends are kept. */
export const MAX_ENDED = 5_000;
/** How many crawls that have not ended are kept. */
export const MAX_OPEN = 1_000;

/** In characters: 48 bits tell 10,000 crawls apart with one chance in millions for an error. */
const ID_WIDTH = 8;
const RUN_WIDTH = 4;
const TIME_WIDTH = 7;
const RECORD_WIDTH = ID_WIDTH + RUN_WIDTH + TIME_WIDTH;
/** Stands for what is unknown. */
const BLANK = '-';
const TIME_BASE = 36;

/** Before the first look. */
export const NOTHING_SEEN: Seen = { ended: '', droppedUpTo: null, open: {} };

/** Looks at the crawls that a provider lists. The list need not be whole. */
export function look(seen: Seen, readings: readonly JobReading[], rules: Look): Looked {
	const ledger = new Ledger(seen, rules);
	const ended = readings.filter((reading) => ledger.enter(reading)).map(({ job }) => job);
	return { seen: ledger.toSeen(), ended };
}

/** What n8n has kept; `null` where that is nothing that a look has left. */
export function restoreSeen(saved: unknown): Seen | null {
	if (typeof saved !== 'object' || saved === null) return null;
	const { ended, droppedUpTo, droppedUndated, open } = saved as Partial<
		Record<keyof Seen, unknown>
	>;
	if (typeof ended !== 'string' || ended.length % RECORD_WIDTH !== 0) return null;
	if (typeof open !== 'object' || open === null) return null;
	return {
		ended,
		droppedUpTo: typeof droppedUpTo === 'number' ? droppedUpTo : null,
		...(droppedUndated === true && { droppedUndated }),
		open: { ...open } as Seen['open'],
	};
}

class Ledger {
	private readonly ended: Map<string, EndedCrawl>;

	private readonly open: Map<string, OpenCrawl>;

	private readonly droppedUpTo: number;

	private readonly droppedUndated: boolean;

	constructor(
		seen: Seen,
		private readonly rules: Look,
	) {
		this.ended = readRecords(seen.ended);
		this.open = new Map(Object.entries(seen.open));
		this.droppedUpTo = seen.droppedUpTo ?? -Infinity;
		this.droppedUndated = seen.droppedUndated ?? false;
	}

	/** @returns whether the reading shows an end that is new */
	enter(reading: JobReading): boolean {
		const { job, unconfirmed } = reading;
		const id = hash(job.jobId, ID_WIDTH);
		const entry = this.ended.get(id);
		if (job.status === 'unknown') return this.enterUnknown(id, job);
		if (entry !== undefined && !this.isAnotherRun(entry, reading)) return false;
		if (!job.isFinal) return this.keepOpen(id, job);
		if (unconfirmed !== undefined) return this.enterDeduced(id, reading);
		return this.enterEnd(id, job, entry !== undefined || this.isNews(id, job));
	}

	/** A status that nobody knows says neither that a crawl has ended nor that it runs: its end is to come. */
	private enterUnknown(id: string, job: CrawlJob): false {
		if (this.ended.has(id) || this.open.has(id) || this.wasDropped(job)) return false;
		return this.keepOpen(id, job);
	}

	/** Whether a crawl that has ended runs again, or has ended again. */
	private isAnotherRun(entry: EndedCrawl, { job, unconfirmed }: JobReading): boolean {
		if (!this.rules.runsAgain) return false;
		const run = runOf(job);
		if (run !== BLANK && entry.run !== BLANK && run !== entry.run) return true;
		if (entry.run === BLANK) entry.run = run;
		return !job.isFinal && unconfirmed === undefined;
	}

	private keepOpen(id: string, job: CrawlJob, deduced?: DeducedEnd): false {
		this.ended.delete(id);
		this.open.set(id, { createdAt: createdAtOf(job), ...(deduced && { deduced }) });
		return false;
	}

	/** An end that no word of the provider says counts once the crawl has stood still. */
	private enterDeduced(id: string, reading: JobReading): boolean {
		const { job } = reading;
		const shown = hash(`${fingerprint(reading)} ${job.updatedAt ?? ''}`, ID_WIDTH);
		const { isFirst, now } = this.rules;
		const known = this.open.get(id)?.deduced;
		if (known?.shown !== shown) {
			const isOld = isFirst && !this.open.has(id);
			return this.keepOpen(id, job, { shown, since: now, isOld });
		}
		// The clock has been set back.
		if (now < known.since) return this.keepOpen(id, job, { ...known, since: now });
		if (now - known.since < STANDSTILL_MS) return false;
		return this.enterEnd(id, job, !known.isOld);
	}

	/** Whether the end of a crawl is new of which no end is known. */
	private isNews(id: string, job: CrawlJob): boolean {
		if (this.open.has(id)) return true;
		return !this.rules.isFirst && !this.wasDropped(job);
	}

	/** Whether a crawl without an entry may be one whose end has been dropped. */
	private wasDropped(job: CrawlJob): boolean {
		const createdAt = createdAtOf(job);
		return createdAt === null ? this.droppedUndated : createdAt <= this.droppedUpTo;
	}

	private enterEnd(id: string, job: CrawlJob, isNews: boolean): boolean {
		this.open.delete(id);
		this.ended.set(id, { createdAt: createdAtOf(job), run: runOf(job) });
		return isNews;
	}

	toSeen(): Seen {
		const ended = newestFirst(this.ended);
		const dropped = ended.slice(MAX_ENDED).map(([, { createdAt }]) => createdAt);
		const latest = dropped.find((createdAt) => createdAt !== null) ?? -Infinity;
		const droppedUpTo = Math.max(this.droppedUpTo, latest);
		const droppedUndated = this.droppedUndated || dropped.includes(null);
		return {
			ended: ended.slice(0, MAX_ENDED).map(toRecord).join(''),
			droppedUpTo: droppedUpTo === -Infinity ? null : droppedUpTo,
			...(droppedUndated && { droppedUndated }),
			open: Object.fromEntries(this.openToKeep(droppedUpTo).slice(0, MAX_OPEN)),
		};
	}

	/** First those whose end would pass for an old one without their entry. */
	private openToKeep(droppedUpTo: number): Array<[string, OpenCrawl]> {
		const open = newestFirst(this.open);
		const isOld = ({ createdAt }: OpenCrawl) => createdAt !== null && createdAt <= droppedUpTo;
		return [
			...open.filter(([, crawl]) => isOld(crawl)),
			...open.filter(([, crawl]) => !isOld(crawl)),
		];
	}
}

/** Those whose creation is unknown come first, since no time stands for them once they are dropped. */
function newestFirst<Entry extends { createdAt: number | null }>(
	entries: ReadonlyMap<string, Entry>,
): Array<[string, Entry]> {
	const time = ({ createdAt }: Entry) => createdAt ?? Number.MAX_SAFE_INTEGER;
	return [...entries].sort(([, a], [, b]) => time(b) - time(a));
}

function createdAtOf({ createdAt, startedAt }: CrawlJob): number | null {
	const time = Date.parse(createdAt ?? startedAt ?? '');
	return Number.isNaN(time) ? null : Math.max(0, Math.floor(time / 1000));
}

function runOf({ startedAt }: CrawlJob): string {
	return startedAt === null ? BLANK : hash(startedAt, RUN_WIDTH);
}

function toRecord([id, { createdAt, run }]: [string, EndedCrawl]): string {
	const time = createdAt === null ? '' : createdAt.toString(TIME_BASE);
	return id + run.padStart(RUN_WIDTH, BLANK) + time.padStart(TIME_WIDTH, BLANK);
}

function readRecords(records: string): Map<string, EndedCrawl> {
	const count = records.length / RECORD_WIDTH;
	return new Map(
		Array.from({ length: count }, (_, index) => {
			const record = records.slice(index * RECORD_WIDTH, (index + 1) * RECORD_WIDTH);
			const run = record.slice(ID_WIDTH, ID_WIDTH + RUN_WIDTH);
			const time = record.slice(ID_WIDTH + RUN_WIDTH).replaceAll(BLANK, '');
			const entry: EndedCrawl = {
				createdAt: time === '' ? null : parseInt(time, TIME_BASE),
				run: run.startsWith(BLANK) ? BLANK : run,
			};
			return [record.slice(0, ID_WIDTH), entry] as const;
		}),
	);
}

/** Letters and digits that stand for a text. */
function hash(text: string, width: number): string {
	const bits = createHash('sha256').update(text).digest('base64');
	return bits.replace(/[+/=]/g, '0').slice(0, width);
}
