/** The parts of an error of n8n or its HTTP client that tell what happened. */
export interface ErrorLink {
	message?: string;
	code?: string;
	isAxiosError?: boolean;
	response?: { status?: number; headers?: Record<string, unknown>; data?: unknown };
}

const MAX_DEPTH = 5;

/** An error and its causes, outermost first. n8n wraps the HTTP client's error at least once. */
export function errorChain(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && chain.length < MAX_DEPTH) {
		chain.push(current as ErrorLink);
		current = (current as { cause?: unknown }).cause;
	}
	return chain;
}
