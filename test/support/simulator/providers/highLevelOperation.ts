import { isFinal, statusWordOf, type JobView, type PageView, type SimulatedJob } from '../job';
import type { JobEntry } from '../jobTable';
import { pageId } from '../page';
import type { KnowledgeBaseKey } from './highLevelKnowledgeBases';

/** The word of an operation that has found its pages, while none of them is trained. */
export type DiscoveryEnd = 'Pending' | 'Successful';

/**
 * The words of the discovery; a training has its own. HighLevel's documentation can be read in two
 * ways: that "Pending" comes after "Processing", while found pages wait to be trained, or before it.
 */
const STATUS_WORDS = {
	Pending: {
		queued: 'Processing',
		running: 'Processing',
		succeeded: 'Pending',
		failed: 'Failed',
		cancelled: 'Cancelled',
	},
	Successful: {
		queued: 'Pending',
		running: 'Processing',
		succeeded: 'Successful',
		failed: 'Failed',
		cancelled: 'Cancelled',
	},
} as const;

/** One request to train pages: they are done one after the other, evenly over its duration. */
interface Training {
	urlIds: string[];
	startedAt: number;
	durationMs: number;
}

interface OperationSettings extends KnowledgeBaseKey {
	job: SimulatedJob;
	url: string;
	mode: 'Exact' | 'Path' | 'Domain';
	/** How long the training of this many pages takes. */
	trainingMs(pages: number): number;
	discoveryEnd: DiscoveryEnd;
	/** Trains all pages by itself, this long after the discovery. */
	autoTrainAfterMs?: number | undefined;
}

/** A crawled page as a record of the knowledge base. */
export interface UrlRecord {
	id: string;
	url: string;
	status: string;
	/** null while it is being fetched. */
	page: PageView | null;
}

/** A crawl and the trainings of its pages, which share one operation id. */
export class HighLevelOperation implements JobEntry {
	readonly job: SimulatedJob;
	robotsFileData: string | undefined;
	private readonly trainings: Training[] = [];
	private readonly deletedIds = new Set<string>();

	constructor(readonly settings: OperationSettings) {
		this.job = settings.job;
	}

	/** Whether the operation belongs to this knowledge base. */
	isIn({ locationId, knowledgeBaseId }: KnowledgeBaseKey): boolean {
		const { settings } = this;
		return settings.locationId === locationId && settings.knowledgeBaseId === knowledgeBaseId;
	}

	/** Begins to train pages of a discovery that is over. */
	train(urlIds: string[], startedAt = Date.now()): void {
		this.trainings.push({
			urlIds,
			startedAt,
			durationMs: this.settings.trainingMs(urlIds.length),
		});
	}

	/** Takes pages out of the knowledge base; returns how many of them were in it. */
	delete(urlIds: string[]): number {
		const trained = this.trainedRecords().map(({ id }) => id);
		const deleted = urlIds.filter((id) => trained.includes(id));
		for (const id of deleted) this.deletedIds.add(id);
		return deleted.length;
	}

	/** The records of the discovered pages; `existing` are addresses other operations trained. */
	records(existing: ReadonlySet<string> = new Set(), view = this.currentView()): UrlRecord[] {
		const words = this.trainingWords(view.at);
		const finished = view.pages.map((page) => ({
			id: page.id,
			url: page.url,
			status: pageStatus(page, words.get(page.id), existing),
			page,
		}));
		const unfinished = view.pending.map(({ url }) => ({
			id: pageId(this.job.jobId, url),
			url,
			status: 'Processing',
			page: null,
		}));
		return [...finished, ...unfinished];
	}

	trainedRecords(): UrlRecord[] {
		return this.records().filter(({ status }) => status === 'Successful');
	}

	/** The body of the status answer, without the envelope of the older version. */
	status(existing: ReadonlySet<string>): object {
		const view = this.currentView();
		const { locationId, knowledgeBaseId, url, mode } = this.settings;
		const records = this.records(existing, view);
		return {
			aggregate: aggregate(records),
			operationDetails: {
				discoveredUrlsCount: view.counts.total,
				trainedUrlsCount: records.filter(({ status }) => status === 'Successful').length,
				_id: this.job.jobId,
				locationId,
				status: this.statusWord(view),
				url,
				mode,
				knowledgeBaseId,
				createdAt: iso(view.createdAt),
				updatedAt: iso(this.updatedAt(view)),
				__v: 0,
				...(this.robotsFileData !== undefined && { robotsFileData: this.robotsFileData }),
			},
		};
	}

	private currentView(): JobView {
		const view = this.job.view();
		this.autoTrain(view);
		return view;
	}

	private autoTrain({ at, phase, finishedAt, pages }: JobView): void {
		const { autoTrainAfterMs } = this.settings;
		if (autoTrainAfterMs === undefined || this.trainings.length > 0) return;
		if (phase !== 'succeeded' || finishedAt === null) return;
		const startsAt = finishedAt + autoTrainAfterMs;
		const urlIds = pages.filter((page) => page.error === null).map((page) => page.id);
		if (at >= startsAt) this.train(urlIds, startsAt);
	}

	private statusWord(view: JobView): string {
		if (!isFinal(view.phase) || this.trainings.length === 0) {
			return statusWordOf(view, STATUS_WORDS[this.settings.discoveryEnd]);
		}
		return view.at < this.trainingEndsAt() ? 'Training' : 'Successful';
	}

	private trainingEndsAt(): number {
		return Math.max(...this.trainings.map(({ startedAt, durationMs }) => startedAt + durationMs));
	}

	private updatedAt(view: JobView): number {
		return this.trainings.length === 0 ? view.updatedAt : Math.min(view.at, this.trainingEndsAt());
	}

	/** Status words of the pages that are or were trained, by id. */
	private trainingWords(at: number): Map<string, 'Training' | 'Successful'> {
		const words = new Map<string, 'Training' | 'Successful'>();
		for (const training of this.trainings) {
			const trained = trainedCount(training, at);
			training.urlIds.forEach((id, index) => {
				words.set(id, index < trained ? 'Successful' : 'Training');
			});
		}
		for (const id of this.deletedIds) words.delete(id);
		return words;
	}
}

function trainedCount({ urlIds, startedAt, durationMs }: Training, at: number): number {
	const elapsed = at - startedAt;
	return elapsed >= durationMs ? urlIds.length : Math.floor((elapsed / durationMs) * urlIds.length);
}

function pageStatus(
	page: PageView,
	trainingWord: string | undefined,
	existing: ReadonlySet<string>,
): string {
	if (page.error) return 'Failed';
	return trainingWord ?? (existing.has(page.url) ? 'Existing' : 'Pending');
}

function aggregate(records: UrlRecord[]): object[] {
	const statuses = new Set(records.map(({ status }) => status));
	return [...statuses].map((_id) => ({
		_id,
		records: records.filter(({ status }) => status === _id).map(aggregateRecord),
	}));
}

function aggregateRecord({ url, id, page }: UrlRecord): object {
	if (page === null) return { url, id };
	if (page.error === null) return { url, id, title: page.title };
	const response = 'Failed to fetch HTML content';
	return {
		url,
		id,
		error: {
			stack: `HttpException: ${response}\n    at getHtml (/app/dist/apps/crawler/worker.js:2531:15)`,
			response,
			status: page.httpStatus ?? 500,
			options: null,
			message: page.error.message,
			name: 'HttpException',
		},
	};
}

function iso(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
