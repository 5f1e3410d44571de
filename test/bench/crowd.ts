import { geonode } from '../../nodes/GeonodeCrawler/provider';
import { statusChecker } from '../../nodes/shared/checkStatus';
import type { ApiRequest, SendRequest } from '../../nodes/shared/provider';
import { PACES } from '../../nodes/shared/waiting/pace';
import { createWait, type Wait } from '../../nodes/shared/waiting/itemWait';
import { poll } from '../../nodes/shared/waiting/poll';
import { initialState } from '../../nodes/shared/waiting/wait';
import { drawAnswerTime, jobAt, type SimulatedJob } from './simulatedJob';
import type { VirtualClock } from './virtualClock';
import { patientPolicy } from './waitAlone';

/** A job with a source of chance of its own, so that its wait is the same in any company. */
export interface CrowdedJob extends SimulatedJob {
	/** Gives, for each check, first the time of the answer and then the jitter, as for `waitAlone`. */
	random: () => number;
}

export interface Crowd {
	/** Ends when each job has been noticed. */
	done: Promise<unknown>;
	/**
	 * How long after its end each job was noticed, in milliseconds and in the order of the jobs;
	 * complete once `done`.
	 */
	delays: () => number[];
}

/** Starts to wait for all jobs at once with the node's own driver, at the balanced pace. */
export function startCrowd(
	jobs: readonly CrowdedJob[],
	clock: VirtualClock,
	concurrency: number,
): Crowd {
	const delays = new Map<number, number>();
	const byId = new Map(jobs.map((job) => [job.id, job]));
	const policy = patientPolicy(PACES.balanced);
	const waits = jobs.map(({ id }) =>
		createWait(
			{ provider: geonode, reference: { jobId: id }, readStatus: geonode.readStatus },
			policy,
			initialState(clock.now()),
		),
	);

	// The clock rings for one sleeper at a time: whoever asks for a number next has this answer.
	let answered = jobs[0];
	const random = (): number => answered?.random() ?? 0;
	const send: SendRequest = async (request) => {
		const job = jobOf(request, byId);
		const answerMs = drawAnswerTime(job, job.random);
		await clock.sleep(answerMs / 2);
		const body = geonodeAnswer(job, clock.now());
		await clock.sleep(answerMs / 2);
		answered = job;
		return { body, pauseMs: null };
	};
	const onCheck = ({ verdict }: Wait, index: number): void => {
		const job = jobs[index];
		if (verdict.kind === 'continue' || job === undefined) return;
		delays.set(index, clock.now() - job.endsAt);
	};
	const checker = statusChecker(() => send);
	const done = poll(waits, { checker, clock, random, concurrency, stopOnError: false, onCheck });
	return {
		done,
		delays: () => jobs.flatMap((_, index) => delays.get(index) ?? []),
	};
}

function jobOf(request: ApiRequest, byId: ReadonlyMap<string, CrowdedJob>): CrowdedJob {
	const job = byId.get(request.path.split('/').at(-1) ?? '');
	if (job === undefined) throw new Error(`No job for ${request.path}`);
	return job;
}

/** The body of Geonode's status answer, with the one page that the node asks for. */
function geonodeAnswer(job: SimulatedJob, now: number): unknown {
	const { status, progress } = jobAt(job, now);
	return JSON.parse(
		JSON.stringify({
			job_id: job.id,
			url: 'https://quotes.toscrape.com/',
			status: status === 'succeeded' ? 'completed' : 'processing',
			total_pages: progress.total,
			completed_pages: progress.completed,
			failed_pages: 0,
			cancelled_pages: 0,
			created_at: '2026-05-26T10:30:00Z',
			completed_at: null,
			token_summary: { tokens_charged_total: 8, tokens_reserved: 17 },
			results: [
				{
					url: 'https://quotes.toscrape.com/',
					parent_url: null,
					depth: 1,
					status: 'completed',
					error_code: null,
					error_message: null,
					links: ['https://quotes.toscrape.com/page/2/'],
					data: { markdown: 'Quotes to Scrape', html: null },
					metadata: { http_status: 200, duration_ms: 631, retry_count: 0, tokens_charged: 1 },
				},
			],
		}),
	);
}
