import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialDescription,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';

import type { CrawlJob, JobReference } from './crawlJob';
import type { ResponseHeaders } from './http/retryAfter';

/** One request to a provider's API, below the base URL of the credential. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** Starts with a slash; built with `apiPath`, so that inserted ids are encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	headers?: Record<string, string>;
	body?: IDataObject;
	/** Values sent with this request alone that must never appear in an output, error or log. */
	secrets?: readonly string[];
	/** How long to wait for the answer, in milliseconds; default 60,000. */
	timeoutMs?: number;
}

export interface ApiAnswer {
	/** The parsed JSON body, `null` when it was empty. */
	body: unknown;
	/** How long the server asks to pause before the next request, in milliseconds. */
	pauseMs: number | null;
}

/** Sends one request; throws a `RequestFault` for anything but a success with a JSON body. */
export type SendRequest = (request: ApiRequest) => Promise<ApiAnswer>;

/** Reads a node parameter of the current item; `fallback` where the node does not have it. */
export type ReadParameter = (name: string, fallback?: unknown) => unknown;

/** What a decrypted credential means for the requests made with it. */
export interface CredentialSettings {
	baseUrl: string;
	/** Values that must never appear in an output, error or log. */
	secrets: string[];
	/** Ids that the credential gives where the node's own field is empty. */
	defaults: JobReference;
}

/** What work at a provider's API is done with. */
export interface ApiCall {
	send: SendRequest;
	/** Reads the parameters of the item, or of the node, that the work is for. */
	parameter: ReadParameter;
	/** Ids that the credential gives where the node's own field is empty. */
	defaults: JobReference;
}

/** What a search behind a resource locator works with. */
export interface SearchCall extends ApiCall {
	/** What the user typed to narrow the list; empty at first. */
	filter: string;
	/** Where the list goes on, as the previous result gave it; empty at first. */
	paginationToken: string;
}

/** Gives one page of the choices of a resource locator. */
export type Search = (call: SearchCall) => Promise<INodeListSearchResult>;

/** What an answer says about a job. */
export interface JobReading {
	job: CrawlJob;
	/**
	 * Set when no word of the provider says that the job has ended, and its end is only deduced: the
	 * job as it stands without that. One look is not enough to act on such an end.
	 */
	unconfirmed?: CrawlJob;
	/**
	 * What else of the answer moves while the crawl goes on, beside its status and its counters: a
	 * small JSON value without times. It tells progress from standstill.
	 */
	activity?: unknown;
}

/** What a status answer says about the job that was asked for. */
export interface StatusReading extends JobReading {
	/** The answer was well-formed, and says that there is no such job. */
	isMissing: boolean;
}

/**
 * Turns the body of the status endpoint into a CrawlJob.
 * @throws {RequestFault} of kind `passing` when the body is not what the endpoint gives
 */
export type ReadStatus = (body: unknown, reference: JobReference) => StatusReading;

/** The provider's own words about a refused request. */
export interface ErrorExplanation {
	/** The server's message; cleaned and shortened by the caller. */
	message?: string;
	/** What the user can do, where the provider knows better than the HTTP status does. */
	advice?: string;
}

/**
 * All that is known about one crawl provider. The nodes and the waiting core work with any object
 * of this shape and know no provider by name.
 */
export interface CrawlProvider {
	readonly id: string;
	readonly displayName: string;

	/**
	 * The credentials as the wait node offers them, shown for this provider alone. The condition names
	 * the parameter with a slash, `'/provider'`: n8n's editor takes a parameter without one for the
	 * choice of an authentication method, and hides it from the node's form.
	 */
	readonly credentials: INodeCredentialDescription[];
	credentialType(parameter: ReadParameter): string;
	readCredential(data: ICredentialDataDecryptedObject): CredentialSettings;

	/**
	 * The parameters that name a job. Their defaults read the item that this provider's Start and
	 * Get Status give.
	 */
	readonly jobProperties: INodeProperties[];
	/** Which id of the reference names the job itself. */
	readonly jobIdKey: string;
	readReference(parameter: ReadParameter, defaults: JobReference): JobReference;

	/** The searches of the resource locators, by the method names that `jobProperties` mention. */
	readonly searches: Readonly<Record<string, Search>>;

	/** Headers of every request, after settings of the node that are the same for all its items. */
	requestHeaders?(parameter: ReadParameter): Record<string, string>;
	/** The cheapest request that tells the job's status. Equal requests are sent once. */
	statusRequest(reference: JobReference): ApiRequest;
	readonly readStatus: ReadStatus;
	/** What the wait node's options have for this provider alone; shown for no other. */
	readonly waitOptions?: INodeProperties[];
	/** A reader after the user's settings, where the provider has some that change what a status means. */
	statusReader?(parameter: ReadParameter): ReadStatus;
	explainError(httpStatus: number, body: unknown): ErrorExplanation;
	/**
	 * Which of the jobs reached with one credential share a rate limit; absent where all do. Whoever
	 * is asked to pause pauses all of them.
	 */
	rateLimitKey?(reference: JobReference): string;
	/** The pause asked for in rate-limit headers of the provider's own, in milliseconds. */
	rateLimitMs?(headers: ResponseHeaders): number | null;

	/**
	 * The crawls that the provider lists, each once, in the order of its API. Where to look, and what
	 * changes the meaning of a status, it reads from the call's parameters. An entry that cannot be
	 * read is a job of the status `unknown`. An API that lists no crawls gives the latest one.
	 */
	listJobs(call: ApiCall): AsyncIterable<JobReading>;

	/** Asks the provider to stop the crawl; absent where its API cannot. */
	cancelRequest?(reference: JobReference): ApiRequest;
	/** All pages of a crawl, without repeats; absent where its API does not give them. */
	listPages?(send: SendRequest, reference: JobReference): AsyncIterable<IDataObject>;
}
