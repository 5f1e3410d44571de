/** An error for the user: the message says what happened, the advice what to do about it. */
export class AdvisedError extends Error {
	override readonly name: string = 'AdvisedError';

	constructor(
		message: string,
		readonly advice: string,
	) {
		super(message);
	}

	/** The same error with something else to do about it. */
	withMoreAdvice(more: string): AdvisedError {
		return new AdvisedError(this.message, `${this.advice} ${more}`);
	}
}

/** An invalid value from the user. The message says which one, the advice what to enter. */
export class InvalidInputError extends AdvisedError {
	override readonly name = 'InvalidInputError';
}

/**
 * Why a request gave no usable answer, as seen by a wait:
 * - `passing`: the next try may succeed (network, overload, a broken body)
 * - `missing`: the provider does not know the job (yet, or any more)
 * - `permanent`: trying again gives the same answer (wrong key, refused input)
 */
export type FaultKind = 'passing' | 'missing' | 'permanent';

export interface FaultOptions {
	/** What the user can do about it, one or two sentences. */
	advice: string;
	/** What the server says about it, as a sentence for people to read; it follows the advice. */
	serverSays?: string | null;
	/** The HTTP status of the answer, if there was one. */
	httpStatus?: number | null;
	/** The pause that the server asked for, in milliseconds. */
	pauseMs?: number | null;
	/** Whether the answer did not come, or was not complete, in time. */
	isTimeout?: boolean;
	/** Whether no server could be reached at the address. */
	isUnreached?: boolean;
	/** Whether the server may have done what the request asks for all the same. */
	isUncertain?: boolean;
	/** Whether the answer has not the form of the provider's: it may come from something else. */
	isForeign?: boolean;
}

/** A request that gave no usable answer. Its texts hold no secret and may be shown to anyone. */
export class RequestFault extends AdvisedError {
	override readonly name = 'RequestFault';

	readonly httpStatus: number | null;

	readonly pauseMs: number | null;

	readonly isTimeout: boolean;

	readonly isUnreached: boolean;

	readonly isUncertain: boolean;

	readonly isForeign: boolean;

	constructor(
		readonly kind: FaultKind,
		message: string,
		private readonly options: FaultOptions,
	) {
		super(message, options.serverSays ? `${options.advice} ${options.serverSays}` : options.advice);
		this.httpStatus = options.httpStatus ?? null;
		this.pauseMs = options.pauseMs ?? null;
		this.isTimeout = options.isTimeout ?? false;
		this.isUnreached = options.isUnreached ?? false;
		this.isUncertain = options.isUncertain ?? false;
		this.isForeign = options.isForeign ?? false;
	}

	/** The same fault where another try is not wanted. */
	asPermanent(): RequestFault {
		return new RequestFault('permanent', this.message, this.options);
	}

	/** The same fault where it does not matter whether the server has done what it was asked for. */
	asCertain(): RequestFault {
		return new RequestFault(this.kind, this.message, { ...this.options, isUncertain: false });
	}

	override withMoreAdvice(more: string): RequestFault {
		return this.withAdvice(`${this.options.advice} ${more}`);
	}

	/** The same fault with another advice. */
	withAdvice(advice: string): RequestFault {
		return new RequestFault(this.kind, this.message, { ...this.options, advice });
	}
}

/** What was thrown, as an error. */
export function toError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Passes on the error of what comes before a request that must not be repeated: that was not sent. */
export function throwAsCertain(thrown: unknown): never {
	throw thrown instanceof RequestFault ? thrown.asCertain() : thrown;
}
