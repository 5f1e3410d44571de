/** What several runs gave. */
export interface Spread {
	median: number;
	least: number;
	most: number;
}

/** @throws Error when there is no value */
export function spreadOf(values: readonly number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (index: number): number => {
		const value = sorted[index];
		if (value === undefined) throw new Error('There is no value');
		return value;
	};
	const last = sorted.length - 1;
	return {
		median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
		least: at(0),
		most: at(last),
	};
}

export function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
