import { createCrawlJob, type CrawlJob, type JobReference } from '../crawlJob';
import { RequestFault, toError } from '../errors';
import { adviceOnStatus } from '../http/statusTexts';
import type { CrawlProvider } from '../provider';
import { publicText } from '../sanitize';
import { fieldOf, findId, toExactText, toText } from '../tolerant';

/** What to do when the answer to a start is lost, where *Get Many* lists the crawls. */
export const IF_START_LOST =
	"The crawl may have been started all the same. Look it up with 'Get Many' before you start it again.";

/** Of a provider: its id, its name for errors, and how it says that it refuses. */
type Starter = Pick<CrawlProvider, 'id' | 'displayName' | 'explainError'>;

interface StartedJob {
	provider: Starter;
	/** The answer to the start. */
	body: unknown;
	/** The names that an id can have in the answer, at its top or in its `data`. */
	idNames: readonly string[];
	/** The reference of the crawl with the given id. */
	referenceTo: (jobId: string) => JobReference;
	/** The address that the crawl was started with. */
	url: string | null;
	/** Reads all that the answer says. */
	read?: () => CrawlJob;
}

/**
 * The crawl in the answer to a start. It runs by then, and whoever sees an error starts it again:
 * an answer that has an id is enough, whatever else is missing or odd in it.
 * @throws {RequestFault} when the provider refuses, or gives no id
 */
export function readStartedJob(started: StartedJob): CrawlJob {
	const { provider, body, referenceTo, url } = started;
	const jobId = findId(body, started.idNames);
	// Without an id, a refusal is an error of its own; with one, the crawl was started all the same.
	const read = tryToRead(started);
	if (read !== undefined && !(read instanceof Error) && read.jobId !== '') return read;
	if (jobId === null) {
		const isRefusal = read instanceof RequestFault && !read.isUncertain;
		throw isRefusal ? read : (refusalIn(provider, body) ?? unknownCrawl(started));
	}
	return createCrawlJob({
		provider: provider.id,
		jobId,
		reference: referenceTo(jobId),
		status: 'queued',
		rawStatus: null,
		url,
	});
}

function tryToRead({ read }: StartedJob): CrawlJob | Error | undefined {
	try {
		return read?.();
	} catch (error) {
		return toError(error);
	}
}

function unknownCrawl({ provider }: StartedJob): RequestFault {
	return new RequestFault(
		'permanent',
		`${provider.displayName} accepted the crawl but returned no ID for it`,
		{ advice: IF_START_LOST, isUncertain: true },
	);
}

/** The fault for an answer that refuses a start, although its HTTP status is that of a success. */
export function refusalIn(provider: Starter, body: unknown): RequestFault | null {
	const error = fieldOf(body, 'error');
	const words = toText(typeof error === 'object' ? fieldOf(error, 'message') : toExactText(error));
	if (fieldOf(body, 'success') !== false && words === null) return null;
	const { message = words ?? toText(fieldOf(body, 'message')) } = provider.explainError(400, body);
	const advice = adviceOnStatus(400);
	return new RequestFault('permanent', `${provider.displayName} rejected the request`, {
		advice,
		serverSays: message === null ? null : `${provider.displayName} says: ${publicText(message)}`,
	});
}
