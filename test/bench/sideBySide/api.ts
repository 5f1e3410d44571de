/** A request to a stand-in server. */
export interface StandInRequest {
	method: string;
	path: string;
	query: URLSearchParams;
}

/** What a request asks for. */
export type Call =
	| { kind: 'start' }
	/** `holdMs`: for how long the server waits for the end before it answers; default not at all. */
	| { kind: 'status'; jobId: string; holdMs?: number };

/** A job as the server finds it at one moment. */
export interface JobNow {
	/** Digits only. */
	id: string;
	isDone: boolean;
	/** How much of the time between start and end has passed: 0 to 1. */
	share: number;
}

/** What a stand-in has to know of an API; the answers are those of its public documentation. */
export interface StandInApi {
	/** @returns null for a request that the API does not have */
	read(request: StandInRequest): Call | null;
	/** The body of the answer to the start of a job. */
	started(jobId: string): object;
	/** The body of the answer to the question how a job is. */
	status(job: JobNow): object;
}
