import { PACES } from '../../nodes/shared/waiting/pace';
import { CURVES, type CurveName } from './curves';
import { LENGTHS, LENGTHS_BETWEEN, type JobLength } from './lengths';
import { measure, type Contender, type Measurement } from './measure';
import type { AnswerTimes } from './simulatedJob';
import { seconds, table } from './table';

/** Enough for the figures to vary by about one in a hundred. */
const RUNS = 4_000;
const RUNS_OF_LONG_JOBS = 600;
/** A fixed interval of a second makes 7,200 requests for a job of two hours. */
const RUNS_OF_FIXED_INTERVALS = 200;
const LONG_MS = 10 * 60_000;

const balanced: Contender = { name: 'Balanced', pace: PACES.balanced };

const CONTENDERS: readonly Contender[] = [
	{ name: 'Relaxed', pace: PACES.relaxed },
	balanced,
	{ name: 'Eager', pace: PACES.eager },
	sleeper('fixed, 1 s', 1_000),
	sleeper('fixed, 2 s', 2_000),
	sleeper('fixed, 5 s', 5_000),
	sleeper('core-lro', 2_000),
	sleeper('core-lro, Retry-After: 15', 15_000),
];

/** Sleeps after each answer, as other tools do; the node's fixed pace goes by the clock. */
function sleeper(name: string, sleepMs: number): Contender {
	return { name, pace: { kind: 'fixed', intervalMs: sleepMs }, retryAfterMs: sleepMs };
}

/** What `balanced` has to reach for each of the `LENGTHS`. */
const TARGETS = {
	efficiencySteady: 0.25,
	efficiencyWithoutProgress: 2.2,
	worstShare: 0.2,
	worstMs: 3_000,
	requestsOfHalfAnHour: 60,
};

const CELL = 'requests · mean delay · worst delay · **efficiency**';

const PAGE_COUNTS = [25, 100, 1_000];

const ANSWER_TIMES: readonly { name: string; answers: AnswerTimes }[] = [
	{ name: 'at once', answers: [0, 0] },
	{ name: '20 to 60 ms', answers: [20, 60] },
	{ name: '0.5 to 1.5 s', answers: [500, 1_500] },
];

/** Every schedule, for jobs that report no progress. */
export function compareSchedules(): string {
	const rows = CONTENDERS.map((contender) => [
		contender.name,
		...LENGTHS.map((length) => cell(measureLength(contender, length, 'none'))),
	]);
	return `${CELL}\n\n${table(['Schedule', ...LENGTHS.map(({ name }) => name)], rows)}`;
}

/** The balanced schedule for every shape of progress, and what it has to reach. */
export function compareCurves(): string {
	const names = Object.keys(CURVES) as CurveName[];
	const results = names.map((curve) => ({
		curve,
		measurements: LENGTHS.map((length) => measureLength(balanced, length, curve)),
	}));
	const rows = results.map(({ curve, measurements }) => [curve, ...measurements.map(cell)]);
	const missed = results.flatMap(({ curve, measurements }) =>
		measurements.flatMap((measurement, index) => {
			const length = LENGTHS[index];
			return length === undefined ? [] : missedTargets(curve, length, measurement);
		}),
	);
	const verdict =
		missed.length === 0 ? 'All targets are reached.' : `Missed: ${missed.join('; ')}.`;
	const header = ['Progress', ...LENGTHS.map(({ name }) => name)];
	return `${CELL}\n\n${table(header, rows)}\n\n${verdict}`;
}

/** Steady progress, counted in coarser and finer steps than above. */
export function comparePageCounts(): string {
	const rows = PAGE_COUNTS.map((pages) => [
		`${pages} pages`,
		...LENGTHS.map((length) => cell(measureLength(balanced, { ...length, pages }, 'steady'))),
	]);
	return `${CELL}\n\n${table(['Steady', ...LENGTHS.map(({ name }) => name)], rows)}`;
}

/** APIs that answer sooner and later than the others are taken to. */
export function compareAnswerTimes(): string {
	const rows = ANSWER_TIMES.flatMap(({ name, answers }) =>
		(['steady', 'none'] as const).map((curve) => [
			`${name}, ${curve}`,
			...LENGTHS.map((length) => cell(measureLength(balanced, length, curve, answers))),
		]),
	);
	return `${CELL}\n\n${table(['Answers', ...LENGTHS.map(({ name }) => name)], rows)}`;
}

/** Lengths beside those with a target. */
export function compareLengthsBetween(): string {
	const rows = (['steady', 'none'] as const).map((curve) => [
		curve,
		...LENGTHS_BETWEEN.map((length) => cell(measureLength(balanced, length, curve))),
	]);
	return `${CELL}\n\n${table(['Progress', ...LENGTHS_BETWEEN.map(({ name }) => name)], rows)}`;
}

function measureLength(
	contender: Contender,
	length: JobLength,
	curve: CurveName,
	answers?: AnswerTimes,
): Measurement {
	const runs = length.ms > LONG_MS ? RUNS_OF_LONG_JOBS : RUNS;
	return measure(
		contender,
		{ lengthMs: length.ms, curve, pages: length.pages, ...(answers && { answers }) },
		contender.pace.kind === 'fixed' ? Math.min(runs, RUNS_OF_FIXED_INTERVALS) : runs,
	);
}

function cell({ requests, meanDelayMs, worstDelayMs, efficiency }: Measurement): string {
	const count = requests.toFixed(requests < 100 ? 1 : 0);
	return `${count} · ${seconds(meanDelayMs)} · ${seconds(worstDelayMs)} · **${efficiency.toFixed(2)}**`;
}

function missedTargets(curve: CurveName, length: JobLength, found: Measurement): string[] {
	const where = `${curve}, ${length.name}`;
	const misses: string[] = [];
	const limit =
		curve === 'steady' || curve === 'even'
			? TARGETS.efficiencySteady
			: curve === 'none'
				? TARGETS.efficiencyWithoutProgress
				: Infinity;
	if (found.efficiency > limit) {
		misses.push(`efficiency ${found.efficiency.toFixed(2)} above ${limit} (${where})`);
	}
	if (found.worstShare > TARGETS.worstShare && found.worstDelayMs > TARGETS.worstMs) {
		misses.push(`worst delay ${seconds(found.worstDelayMs)} (${where})`);
	}
	if (length.name === '30 min' && found.requests > TARGETS.requestsOfHalfAnHour) {
		misses.push(`${found.requests.toFixed(1)} requests (${where})`);
	}
	return misses;
}
