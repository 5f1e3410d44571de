const STATUS_MESSAGES: Readonly<Record<number, string>> = {
	400: 'rejected the request',
	401: 'rejected the credential',
	402: 'requires a payment or a larger plan',
	403: 'denied access with this credential',
	404: 'could not find what was requested',
	405: 'does not accept this kind of request',
	407: 'cannot be reached, because a proxy in between requires a login',
	408: 'did not receive the request in time',
	409: 'says that this is not possible in the current state',
	410: 'no longer has what was requested',
	413: 'says that the request is too large',
	415: 'does not accept the format of the request',
	422: 'rejected the values of the request',
	423: 'has this locked at the moment',
	425: 'is not ready for the request yet',
	429: 'received too many requests',
	451: 'may not return this for legal reasons',
	501: 'does not offer this function',
};

const ADDRESS_ADVICE =
	"Check the 'Base URL' in the credential: the address may be that of another service or of another version.";
const SERVER_ERROR_ADVICE =
	'Try again later. If it keeps failing, check that the service is running.';

const STATUS_ADVICE: Readonly<Record<number, string>> = {
	401: "Check the key in the credential, and that its 'Base URL' belongs to the same account.",
	402: 'Check the balance and plan of the account.',
	403: 'Check what the key in the credential is allowed to do.',
	404: 'Check the IDs in the node, and that the credential belongs to the account that owns them.',
	405: ADDRESS_ADVICE,
	407: 'Add the user name and password to the address of the proxy in the environment variables HTTP_PROXY and HTTPS_PROXY of n8n.',
	408: 'Try again later.',
	409: "Check the crawl with 'Get Status' first.",
	410: 'Check the IDs in the node: what they name may have been deleted.',
	413: 'Send less in one request, such as fewer URLs or IDs.',
	415: ADDRESS_ADVICE,
	423: 'Try again later.',
	425: 'Try again later.',
	429: 'Wait a while, or send fewer requests at the same time.',
	451: 'Ask the provider for the reason, or crawl another website.',
	501: ADDRESS_ADVICE,
};

/** What an HTTP status means, as the end of a sentence that begins with the provider. */
export function messageOfStatus(httpStatus: number): string {
	const message = STATUS_MESSAGES[httpStatus];
	return message ?? (httpStatus >= 500 ? 'is not working right now' : 'rejected the request');
}

/** What to do about an HTTP status of 400 or more, where the provider has no advice of its own. */
export function adviceOnStatus(httpStatus: number): string {
	const advice = STATUS_ADVICE[httpStatus];
	return advice ?? (httpStatus >= 500 ? SERVER_ERROR_ADVICE : "Check the node's fields.");
}
