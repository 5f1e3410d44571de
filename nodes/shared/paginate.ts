import { compareTexts } from './compareTexts';
import { AdvisedError, RequestFault, toError } from './errors';
import type { Clock } from './waiting/clock';

/*
 * How lists are read, the same for every provider and operation: slice by slice, each of them asked
 * for again when it meets a passing fault, to the end that the server's own counters tell.
 */

/** What one request of a list brings. */
export interface ListSlice<Entry> {
	entries: Entry[];
	/** How many entries the answer held, with those that cannot be read; default: all were read. */
	length?: number;
	/** Where the list goes on; `null` when the server says, or its answer shows, that it does not. */
	next: string | null;
	/** How many entries the whole list has, or has at most, by the server's own counters. */
	total?: number | null;
	/** How many of them have to be there by now; default: `total`. */
	certain?: number | null;
}

/** A list of a provider, not read yet. */
export interface List<Entry> {
	/** Asks for one slice. `position` is the `next` of the slice before, empty for the first. */
	fetchSlice(position: string): Promise<ListSlice<Entry>>;
	/** What makes an entry the same as another. */
	keyOf(entry: Entry): string;
	/** Whether an entry is to take the place of the same one that came before; default: never. */
	isBetter?(entry: Entry, earlier: Entry): boolean;
	/** The time by which the newest entries come first; without it the server's order is kept. */
	timeOf?(entry: Entry): string | null;
}

/** How much is done for a list to be whole. */
export interface Patience {
	/** How many requests for a slice may fail in a row. */
	tries: number;
	/** The longest pause that a server may ask for, in milliseconds. */
	longestPauseMs: number;
	/** How often to ask again for what the server counts and does not list. */
	secondLooks: number;
	/** After how many slices to leave the list. */
	maxSlices: number;
}

/** What a list is read with. Without it, every slice is asked for once. */
export interface ListReading {
	clock: Clock;
	/** Ends the reading between two requests. */
	signal?: AbortSignal;
	/** Default: {@link USUAL_PATIENCE}. */
	patience?: Patience;
	/** Tells the user in a sentence that the list is not whole. */
	hint?: (message: string) => void;
}

/** What could be read of a list. */
export interface ReadList<Entry> {
	entries: Entry[];
	/** How many entries more there should be, by the server's own counters. */
	missing: number;
	/** Where the list goes on, when it was left before its end. */
	next: string | null;
	/** Whether it was left because it is larger than any list may be. */
	isTooLong: boolean;
	/** Why the reading ended before the list did; the entries are those from before. */
	error: Error | null;
	/** Why what is missing could not be asked for again. */
	secondLookFault: RequestFault | null;
}

/**
 * No list is read further than this: the largest crawl that a provider offers has 10,000 pages, in 200 slices. One
 * that goes on beyond is most likely made up as it is read. What a single answer holds is kept whole.
 */
export const MAX_ENTRIES = 100_000;
export const MAX_SLICES = 1_000;
/**
 * All entries together, names and texts by their characters and whatever else by
 * {@link CHARACTERS_OF_VALUE}; n8n has to keep them, several times, in its memory.
 */
const MAX_CHARACTERS = 200_000_000;

/** A value takes some 50 bytes, however short it is on the wire. */
const CHARACTERS_OF_VALUE = 50;

/** Slices in a row that bring nothing new, and end a list whatever follows. */
const MAX_BARREN_SLICES = 3;

/**
 * How long to wait before what a server counts but did not list is asked for again, in milliseconds:
 * a crawl can be done before its last pages are stored.
 */
const SECOND_LOOKS_MS = [1_000, 2_000, 4_000];

/** For an operation: about eight seconds of faults, and no pause above a minute. */
export const USUAL_PATIENCE: Patience = {
	tries: 5,
	longestPauseMs: 60_000,
	secondLooks: SECOND_LOOKS_MS.length,
	maxSlices: MAX_SLICES,
};

/** For the choices of a drop-down, which somebody has just opened and which can go on later. */
export const EDITOR_PATIENCE: Patience = {
	tries: 2,
	longestPauseMs: 5_000,
	secondLooks: 0,
	maxSlices: 10,
};

const RETRY_BASE_MS = 500;
const RETRY_MAX_MS = 30_000;

/**
 * Reads a list, each entry once, until it has `limit` entries or the list is at its end. A short or
 * empty slice is no end while the server counts more. Ends by itself at a server that repeats
 * slices, and at a list without an end.
 * @param from where to begin: the `next` of an earlier reading, empty for the beginning
 */
export async function readList<Entry>(
	list: List<Entry>,
	limit: number,
	reading?: ListReading,
	from = '',
): Promise<ReadList<Entry>> {
	if (limit <= 0) {
		const nothing = { missing: 0, next: null, isTooLong: false };
		return { entries: [], ...nothing, error: null, secondLookFault: null };
	}
	const reader = new ListReader(list, limit, reading);
	let error: Error | null = null;
	let secondLookFault: RequestFault | null = null;
	try {
		await reader.readFrom(from);
		// A list that was begun in its middle has less than its counters say.
		if (from === '') secondLookFault = await reader.lookAgain().then(() => null, requestFault);
	} catch (fault) {
		error = toError(fault);
	}
	return { ...reader.result(), error, secondLookFault };
}

/**
 * The first `limit` entries of a list; asks for no more slices than these need. What is not whole
 * is given all the same, with a hint for the user.
 * @throws {RequestFault} when a slice could not be had
 */
export async function take<Entry>(
	list: List<Entry>,
	limit: number,
	reading?: ListReading,
): Promise<Entry[]> {
	const { entries, missing, isTooLong, error } = await readList(list, limit, reading);
	if (error !== null) throw error;
	if (isTooLong) reading?.hint?.(tooLongMessage(entries.length));
	else if (missing > 0) reading?.hint?.(missingMessage(entries.length, missing));
	return entries;
}

/** Says that a list was left where no list is read further. */
export function tooLongMessage(count: number): string {
	return `The list goes on after ${count} entries, and is not read any further.`;
}

/** Says that a server lists less than it counts. */
export function missingMessage(count: number, missing: number): string {
	return `The provider's count is ${count + missing}, but its list has only ${count} (missing: ${missing}).`;
}

/** A list that comes in one answer. */
export function wholeList<Entry>(
	fetchAll: () => Promise<Omit<ListSlice<Entry>, 'next'>>,
	rules: Omit<List<Entry>, 'fetchSlice'>,
): List<Entry> {
	return { ...rules, fetchSlice: async () => ({ ...(await fetchAll()), next: null }) };
}

/**
 * Tries again what may pass: a look-up that failed, after a pause that grows, or that the server
 * asked for. Never to be used for a request that changes something.
 * @throws {RequestFault} the last one, when the tries are used up or the pause would be too long
 */
export async function withRetries<Result>(
	lookUp: () => Promise<Result>,
	reading?: ListReading,
): Promise<Result> {
	if (reading === undefined) return await lookUp();
	const { clock, signal, patience = USUAL_PATIENCE } = reading;
	let fault: RequestFault | null = null;
	for (let failures = 0; ; failures++) {
		const pauseMs = fault === null ? 0 : retryPauseMs(fault, failures);
		const isOver = failures >= patience.tries || pauseMs > patience.longestPauseMs;
		if (fault !== null) {
			if (!isOver) await clock.sleep(pauseMs, signal);
			if (isOver || signal?.aborted) throw fault;
		}
		const result = await lookUp().catch(passingFault);
		if (!(result instanceof RequestFault)) return result;
		fault = result;
	}
}

/** @throws whatever is no fault of a request */
function requestFault(error: unknown): RequestFault {
	if (error instanceof RequestFault) return error;
	throw error;
}

/** @throws whatever is no passing fault */
function passingFault(error: unknown): RequestFault {
	if (error instanceof RequestFault && error.kind === 'passing') return error;
	throw error;
}

function retryPauseMs(fault: RequestFault, failures: number): number {
	const backoffMs = Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** (failures - 1));
	return Math.max(backoffMs, fault.pauseMs ?? 0);
}

/** One reading of a list: what it has found so far, and where. */
class ListReader<Entry> {
	private readonly found = new Map<string, Entry>();

	/** The lengths of the slices by their positions, in the order in which they were read. */
	private readonly lengths = new Map<string, number>();

	private next: string | null = null;

	private total = Infinity;

	private certain = 0;

	private characters = 0;

	private isTooLong = false;

	/** Whether all entries have to be read to know the first ones. */
	private readsAll = false;

	constructor(
		private readonly list: List<Entry>,
		private readonly limit: number,
		private readonly reading: ListReading | undefined,
	) {}

	/** Reads on from a position. */
	async readFrom(position: string): Promise<void> {
		let barren = 0;
		this.next = position;
		while (this.next !== null && !this.hasEnough()) {
			// A cursor that leads back.
			if (this.lengths.has(this.next)) this.next = null;
			else barren = (await this.readSlice(this.next)) ? 0 : barren + 1;
			// A counter that is smaller than what was listed is wrong.
			if (this.gathered() === this.total || barren >= MAX_BARREN_SLICES) this.next = null;
			this.isTooLong = this.next !== null && !this.hasEnough() && this.isFull();
			if (this.isTooLong) return;
		}
	}

	/** Asks again for what the server counts and has not listed: the slices that were not full. */
	async lookAgain(): Promise<void> {
		if (this.reading === undefined) return;
		const { clock, signal, patience = USUAL_PATIENCE } = this.reading;
		for (const pauseMs of SECOND_LOOKS_MS.slice(0, patience.secondLooks)) {
			if (this.missing() === 0) return;
			await clock.sleep(pauseMs, signal);
			await this.readShortSlices();
		}
	}

	result(): Omit<ReadList<Entry>, 'error' | 'secondLookFault'> {
		const entries = [...this.found.values()];
		if (this.isTimed()) entries.sort((a, b) => compareTimes(this.timeOf(b), this.timeOf(a)));
		return {
			entries: entries.length > this.limit ? entries.slice(0, this.limit) : entries,
			missing: this.missing(),
			next: this.next,
			isTooLong: this.isTooLong,
		};
	}

	private async readShortSlices(): Promise<void> {
		const fullest = [...this.lengths.values()].reduce((a, b) => Math.max(a, b), 0);
		const shortOnes = [...this.lengths].filter(([, length]) => length === 0 || length < fullest);
		const last = [...this.lengths.keys()].at(-1);
		for (const [position] of shortOnes) {
			if (this.missing() === 0) return;
			await this.readSlice(position);
			if (position === last && this.next !== null) await this.readFrom(this.next);
		}
		if (!this.isTooLong) this.next = null;
	}

	/** @returns whether it brought anything new */
	private async readSlice(position: string): Promise<boolean> {
		if (this.reading?.signal?.aborted) throw stopReason(this.reading.signal);
		const slice = await withRetries(async () => await this.list.fetchSlice(position), this.reading);
		const { entries, length = entries.length, next, total = null, certain = total } = slice;
		if (this.lengths.size === 0) this.readsAll = !this.isNewestFirst(entries);
		if (total !== null) this.total = this.total === Infinity ? total : Math.max(this.total, total);
		this.certain = Math.max(this.certain, certain ?? 0);
		const hasOldOnly =
			entries.length > 0 && !entries.map((entry) => this.add(entry)).includes(true);
		// What a server gives a second time is not what it counts; a page that was tried twice is.
		const isRepeat = hasOldOnly && entries.every((entry) => this.isKnown(entry));
		const known = this.lengths.get(position) ?? 0;
		// Positions are kept as well, and texts of the server's.
		this.characters += position.length;
		this.lengths.set(position, Math.max(known, isRepeat ? 0 : length));
		this.next = next;
		return length > 0 && !hasOldOnly;
	}

	private add(entry: Entry): boolean {
		const key = this.list.keyOf(entry);
		const earlier = this.found.get(key);
		const isBetter = earlier !== undefined && this.list.isBetter?.(entry, earlier) === true;
		if (earlier !== undefined && !isBetter) return false;
		this.found.set(key, entry);
		this.characters += countCharacters(entry);
		return true;
	}

	/** Whether an entry is kept just as it is. */
	private isKnown(entry: Entry): boolean {
		const kept = this.found.get(this.list.keyOf(entry));
		return kept === entry || JSON.stringify(kept) === JSON.stringify(entry);
	}

	/** Whether the server seems to give the newest entries first, or time does not matter. */
	private isNewestFirst(entries: readonly Entry[]): boolean {
		if (!this.isTimed()) return true;
		const times = entries.map((entry) => this.timeOf(entry)).filter((time) => time !== null);
		return times.every((time, index) => compareTimes(times[index - 1] ?? time, time) >= 0);
	}

	private isTimed(): boolean {
		return this.list.timeOf !== undefined;
	}

	private timeOf(entry: Entry): string | null {
		return this.list.timeOf?.(entry) ?? null;
	}

	private hasEnough(): boolean {
		return !this.readsAll && this.found.size >= this.limit;
	}

	private isFull(): boolean {
		return (
			this.found.size >= MAX_ENTRIES ||
			this.lengths.size >= (this.reading?.patience ?? USUAL_PATIENCE).maxSlices ||
			this.characters >= MAX_CHARACTERS
		);
	}

	private gathered(): number {
		return [...this.lengths.values()].reduce((a, b) => a + b, 0);
	}

	private missing(): number {
		const isLeft = this.isTooLong || this.found.size >= this.limit;
		return isLeft ? 0 : Math.max(0, this.certain - this.gathered());
	}
}

function stopReason({ reason }: AbortSignal): Error {
	return reason instanceof Error
		? reason
		: new AdvisedError(
				'The reading of the list was stopped',
				'Run the node again to read the list from its beginning.',
			);
}

/** Later times are larger; what has none is the smallest. */
function compareTimes(a: string | null, b: string | null): number {
	return compareTexts(a ?? '', b ?? '');
}

/** How much a JSON value takes, in characters. Nested as deep as a server likes. */
function countCharacters(value: unknown): number {
	let count = 0;
	const open: unknown[] = [value];
	while (open.length > 0) {
		const next = open.pop();
		if (typeof next === 'string') {
			count += next.length;
			continue;
		}
		count += CHARACTERS_OF_VALUE;
		if (typeof next !== 'object' || next === null) continue;
		for (const part of Object.values(next)) open.push(part);
		if (Array.isArray(next)) continue;
		for (const name of Object.keys(next)) count += name.length;
	}
	return count;
}
