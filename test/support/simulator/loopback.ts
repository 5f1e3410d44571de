const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Parses an http(s) address on this machine.
 * @returns null for anything else: the simulator never sends a request out to a network
 */
export function parseLoopbackUrl(text: string): URL | null {
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
	return isHttp && LOOPBACK_HOST.test(url.hostname) ? url : null;
}

/** The sentence every provider refuses other addresses with, in its own envelope. */
export function refusal(url: string): string {
	return `The address ${url} cannot be crawled: only loopback addresses are allowed`;
}
