import { STATUS_CODES } from 'node:http';

interface ApiErrorExtras {
	/** The single complaints of a failed validation, where its envelope lists them. */
	issues?: Array<{ message: string }>;
	headers?: Record<string, string>;
	/** The whole body, where the provider has a second envelope. */
	body?: unknown;
}

/** An answer other than success; the provider it is thrown in puts it into its envelope. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string | undefined = STATUS_CODES[status],
		readonly extras: ApiErrorExtras = {},
	) {
		super(message);
	}
}
