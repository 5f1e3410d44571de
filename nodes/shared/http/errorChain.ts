/** The parts of an error of n8n or its HTTP client that tell what happened. */
export interface ErrorLink {
	message?: unknown;
	description?: unknown;
	code?: unknown;
	/** Where n8n's errors keep the code before version 2.34, which drops the cause. */
	httpCode?: unknown;
	isAxiosError?: unknown;
	/** The first bytes of what could not be read as HTTP. */
	rawPacket?: unknown;
	status?: unknown;
	body?: unknown;
	response?: { status?: unknown; headers?: Record<string, unknown> };
}

const MAX_LINKS = 5;

/** An error and its causes, outermost first. n8n wraps the HTTP client's error at least once. */
export function errorChain(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	let current: unknown = error;
	while (typeof current === 'object' && current !== null && chain.length < MAX_LINKS) {
		chain.push(current as ErrorLink);
		current = (current as { cause?: unknown }).cause;
	}
	return chain;
}

/** The code of Node or the HTTP client behind an error, such as ECONNRESET; `null` without one. */
export function errorCode(chain: readonly ErrorLink[]): string | null {
	const codes = chain.flatMap((link) => [link.code, link.httpCode]);
	return (
		codes.find(
			(code): code is string => typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code),
		) ?? null
	);
}
