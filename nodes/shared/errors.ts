/** An error made for the user: the message says what happened, the advice what to do about it. */
export class AdvisedError extends Error {
	override readonly name: string = 'AdvisedError';

	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}
}

/** A value the user gave cannot be used. The message says which one, the advice what to give. */
export class InvalidInputError extends AdvisedError {
	override readonly name = 'InvalidInputError';
}

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
	/** Whether the answer did not come, or was not complete, in time. */
	isTimeout?: boolean;
}

/** A request that gave no usable answer. Its texts hold no secret and may be shown to anyone. */
export class RequestFault extends AdvisedError {
	override readonly name = 'RequestFault';

	readonly httpStatus: number | null;

	readonly pauseMs: number | null;

	readonly isTimeout: boolean;

	constructor(
		readonly kind: FaultKind,
		message: string,
		options: FaultOptions,
	) {
		super(message, options.advice);
		this.httpStatus = options.httpStatus ?? null;
		this.pauseMs = options.pauseMs ?? null;
		this.isTimeout = options.isTimeout ?? false;
	}
}
