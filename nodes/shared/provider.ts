import type {
	IDataObject,
	INodeCredentialDescription,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';

import type { CrawlJob, JobReference } from './crawlJob';
import type { SignRequest } from './credentialInput';
import type { ApiConventions, ApiRequest, SendRequest } from './http/api';
import type { ReadParameter } from './input';
import type { List, ListReading } from './paginate';
import type { Push } from './push';
import type { RequestBudget } from './waiting/rateLimit';

// What a provider's files are written with stands behind one door.
export type {
	ApiAnswer,
	ApiRequest,
	CredentialSettings,
	ErrorExplanation,
	SendRequest,
	StatusMeaning,
} from './http/api';
export type { ReadParameter } from './input';

/** What an operation at a provider's API works with. */
export interface ApiCall {
	send: SendRequest;
	/** Reads the parameters of the item or node that it runs for. */
	parameter: ReadParameter;
	/** Ids that the credential gives where the node's own field is empty. */
	defaults: JobReference;
	/** What lists are read with, and other look-ups are repeated with. */
	reading?: ListReading;
}

/** What a search behind a resource locator works with. */
export interface SearchCall extends ApiCall {
	/** What the user typed to narrow the list; empty at first. */
	filter: string;
	/** The position of the next page, from the previous result; empty at first. */
	paginationToken: string;
}

/** Gives one page of the choices of a resource locator. */
export type Search = (call: SearchCall) => Promise<INodeListSearchResult>;

/** What an answer says about a job. */
export interface JobReading {
	job: CrawlJob;
	/**
	 * Set when the end of the job is only deduced, because no word of the provider says that it has
	 * ended: the job without that deduction. One check is not enough to act on such an end: a wait
	 * believes it once the job stands still, and `jobAtOneLook` chooses what to show without waiting.
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
	/** The answer itself gives the job's id, which then need not be looked for in all of it. */
	isNamed?: boolean;
}

/** How a credential is tried out in n8n's dialog for it. */
export interface CredentialTest {
	/** Signs a request as the credential's type does. */
	sign: SignRequest;
	/**
	 * Asks for something that is given only where the credential is right, and reads the answer.
	 * @throws {AdvisedError} where it is not
	 */
	run(send: SendRequest, defaults: JobReference): Promise<void>;
	/** Where the API is, as a sentence that names the field of the address. */
	address: string;
	/** What to do about an HTTP status, where the dialog differs from the nodes: they have other fields. */
	advice?: Readonly<Record<number, string>>;
}

/**
 * Turns the body of the status endpoint into a CrawlJob.
 * @throws {RequestFault} of kind `passing` when the body is not what the endpoint gives
 */
export type ReadStatus = (body: unknown, reference: JobReference) => StatusReading;

/**
 * All that is known about one crawl provider. The nodes and the waiting core work with any object
 * of this shape and know no provider by name.
 */
export interface CrawlProvider extends ApiConventions {
	readonly id: string;

	/**
	 * The credentials as the trigger offers them, shown for this provider alone. The condition names
	 * the parameter with a slash, `'/provider'`: n8n's editor takes a parameter without one for the
	 * choice of an authentication method, and hides it from the node's form. Any other
	 * condition is one that hides it: the wait node's provider *Automatic* shows no other parameter.
	 */
	readonly credentials: INodeCredentialDescription[];

	/** The test of the credentials that hold a key. */
	readonly credentialTest: CredentialTest;

	/**
	 * The parameters that name a job. Their defaults read the item that this provider's Start and
	 * Get Status give.
	 */
	readonly jobProperties: INodeProperties[];
	/** Those of them that are no ids and choose no credential: how a job is asked for, what counts as its end. */
	readonly jobSettings?: INodeProperties[];
	/** Which id of the reference names the job itself. */
	readonly jobIdKey: string;
	readReference(parameter: ReadParameter, defaults: JobReference): JobReference;
	/** What a request without the job's id gives the latest job of, such as "session", if it does. */
	readonly latestIn?: string;

	/** The searches of the resource locators, by the method names that `jobProperties` mention. */
	readonly searches: Readonly<Record<string, Search>>;

	/** The cheapest request that tells the job's status. Equal requests are sent once. */
	statusRequest(reference: JobReference): ApiRequest;
	readonly readStatus: ReadStatus;
	/** Options of the wait node and the trigger that are shown for this provider only. */
	readonly waitOptions?: INodeProperties[];
	/** A reader that applies the user's settings, if some of them change what a status means. */
	statusReader?(parameter: ReadParameter): ReadStatus;
	/**
	 * The requests that status checks leave it at; absent where no limit is documented that they could
	 * reach.
	 */
	readonly requestBudget?: RequestBudget;

	/**
	 * The crawls that the provider lists, each once, the newest first where their times are known.
	 * Where to look, and what changes the meaning of a status, it reads from the call's parameters. An
	 * entry that cannot be read is a job of the status `unknown`. An API that lists no crawls gives
	 * the latest one.
	 */
	listJobs(call: ApiCall): List<JobReading>;
	/**
	 * Where the crawls before one that is waited for are listed, with the times of their ends or the
	 * number of their pages: in the answer to `statusRequest` itself, or in the first answer of
	 * `listJobs`, which a long wait then asks for once. Absent where the API lists no earlier crawls.
	 */
	readonly earlierCrawls?: 'inStatus' | 'inList';
	/** Whether the list leaves out why a crawl has failed, or what it has saved: only the status tells. */
	readonly listTellsLess?: boolean;
	/** The fields that say where to list: with values of their own, since a trigger has no input. */
	readonly listProperties: INodeProperties[];
	/**
	 * Whether a crawl can run again under the same id, as one does that is refreshed at intervals. If
	 * not, a crawl ends once, whatever is listed afterwards.
	 */
	readonly runsAgain?: boolean;

	/** How the provider can tell the trigger of an end; absent where it cannot. */
	readonly push?: Push;

	/** Asks the provider to stop the crawl; absent where its API cannot. */
	cancelRequest?(reference: JobReference): ApiRequest;
	/** All pages of a crawl, without repeats; absent where its API does not give them. */
	listPages?(send: SendRequest, reference: JobReference): List<IDataObject>;
}
