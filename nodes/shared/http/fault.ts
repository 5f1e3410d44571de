import { AdvisedError } from '../advisedError';

/**
 * Why a request gave no usable answer, from the view of somebody who waits:
 * - `passing`: the next try may succeed (network, overload, a broken body)
 * - `missing`: the provider does not know the job (yet, or any more)
 * - `permanent`: trying again gives the same answer (wrong key, refused input)
 */
export type FaultKind = 'passing' | 'missing' | 'permanent';

export interface FaultOptions {
	/** What the user can do about it, one or two sentences. */
	advice: string;
	/** The HTTP status of the answer; absent when there was none. */
	httpStatus?: number;
	/** The pause that the server asked for, in milliseconds. */
	pauseMs?: number | null;
}

/** A request that gave no usable answer. Its texts hold no secret and may be shown to anyone. */
export class RequestFault extends AdvisedError {
	override readonly name = 'RequestFault';

	readonly httpStatus: number | null;

	readonly pauseMs: number | null;

	constructor(
		readonly kind: FaultKind,
		message: string,
		options: FaultOptions,
	) {
		super(message, options.advice);
		this.httpStatus = options.httpStatus ?? null;
		this.pauseMs = options.pauseMs ?? null;
	}
}

/** Statuses that name a moment's trouble: RFC 9110 (408, 5xx), RFC 8470 (425), RFC 6585 (429). */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** The kind of fault that an HTTP error status (400–599) stands for. */
export function faultKindOfStatus(httpStatus: number): FaultKind {
	if (httpStatus === 404 || httpStatus === 410) return 'missing';
	if (PASSING_STATUSES.has(httpStatus) || httpStatus >= 500) return 'passing';
	return 'permanent';
}
