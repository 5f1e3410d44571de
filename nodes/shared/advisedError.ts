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
