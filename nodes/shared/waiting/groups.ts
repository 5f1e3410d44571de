import { DueQueue } from './dueQueue';
import type { Wait } from './itemWait';
import { RateLimit, type RequestBudget } from './rateLimit';

/** Waits that are looked up together, by their places. */
export interface Group {
	readonly indexes: readonly number[];
	readonly lane: Lane;
	/** The request under way, if there is one. */
	request: { sentAt: number; isSlow: boolean; isSilent: boolean } | null;
	/** When the next check is due; infinite where none is left to make. */
	dueAt: number;
	/** Since when its last check has been due; infinite as long as it is not. */
	lastSince: number;
	rounds: number;
	isOver: boolean;
}

/** Groups that share a rate limit. */
export interface Lane {
	readonly limit: RateLimit;
	/** The groups whose check is due, the longest overdue first. */
	readonly due: DueQueue<Group>;
	/** When the server has responded to any of them, at the latest. */
	answeredAt: number;
}

/** Which waits belong together. */
export interface Grouping<Target> {
	/** Waits with the same key are looked up together. */
	keyOf(wait: Wait<Target>): string;
	/**
	 * Which waits share a rate limit, by its key: a pause that one of them is asked for is kept by all,
	 * and together they keep to what the provider documents.
	 */
	rateLimitOf(wait: Wait<Target>): { key: string; budget?: RequestBudget | undefined };
}

/**
 * Groups waits by what they look up.
 * @param onError called for each wait that cannot be asked for, which is in no group
 */
export function groupByKey<Target>(
	waits: ReadonlyArray<Wait<Target>>,
	grouping: Grouping<Target>,
	onError: (wait: Wait<Target>, index: number, error: unknown) => void,
): Group[] {
	const indexesOf = new Map<string, number[]>();
	const groups: Group[] = [];
	const lanes = new Map<string, Lane>();
	for (const [index, wait] of waits.entries()) {
		try {
			const key = grouping.keyOf(wait);
			const { key: laneKey, budget } = grouping.rateLimitOf(wait);
			const lane = lanes.get(laneKey) ?? newLane(budget);
			lanes.set(laneKey, lane);
			const indexes = indexesOf.get(key) ?? [];
			if (indexes.push(index) > 1) continue;
			indexesOf.set(key, indexes);
			groups.push(newGroup(indexes, lane));
		} catch (error) {
			onError(wait, index, error);
		}
	}
	return groups;
}

function newLane(budget: RequestBudget | undefined): Lane {
	return { limit: new RateLimit(budget), due: new DueQueue(), answeredAt: -Infinity };
}

function newGroup(indexes: readonly number[], lane: Lane): Group {
	return {
		indexes,
		lane,
		request: null,
		dueAt: 0,
		lastSince: Infinity,
		rounds: 0,
		isOver: false,
	};
}
