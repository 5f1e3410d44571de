import { seconds } from '../table';
import type { Spread } from './statistics';

/** A median with its spread, as in "2.50 s (2.31–2.72)". */
export function spreadCell(
	{ median, least, most }: Spread,
	format: (value: number) => string,
): string {
	const number = (value: number) => format(value).replace(/ \D+$/, '');
	const isSame = number(least) === number(most);
	return isSame ? format(median) : `${format(median)} (${number(least)}–${number(most)})`;
}

/** Milliseconds: in seconds from a tenth of a second on. */
export function duration(ms: number): string {
	return ms < 100 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : seconds(ms);
}

/** Milliseconds in whole seconds, as in "3,600 s". */
export function wholeSeconds(ms: number): string {
	return `${Math.round(ms / 1_000).toLocaleString('en')} s`;
}

export function kilobytes(bytes: number): string {
	return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

export function count(value: number): string {
	return value.toFixed(value < 100 ? 1 : 0);
}

/** How many times as much as ours a value is, as in "× 2.5". */
export function ratio(value: number, ours: number): string {
	if (ours === 0) return value === 0 ? '× 1.0' : '–';
	const times = value / ours;
	return `× ${times.toFixed(times < 1 ? 2 : times < 10 ? 1 : 0)}`;
}
