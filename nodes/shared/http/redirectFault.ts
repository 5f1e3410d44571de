import { RequestFault } from '../errors';
import { withoutEnd } from '../input';
import { cutText } from '../sanitize';
import type { HttpAnswer, Judgement } from './answer';
import { header } from './retryAfter';

const MAX_ADDRESS_LENGTH = 200;

/**
 * The fault of an answer that is neither a success nor an error: above all a redirect. None is
 * followed, since the key would go to wherever it points, and most turn a POST or DELETE into a GET.
 */
export function redirectFault(
	{ statusCode, headers }: HttpAnswer,
	{ provider, request, url, redactor }: Judgement,
): RequestFault {
	// Before the address is read: that puts host names into lower case, and a key would not be found.
	const target = targetOf(redactor.redactText(header(headers, 'location') ?? ''), url);
	if (target === null) {
		return new RequestFault(
			'passing',
			`${provider.displayName} returned no result (HTTP ${statusCode})`,
			{
				advice: "Check the 'Base URL' in the credential. If it is correct, try again later.",
				httpStatus: statusCode,
			},
		);
	}
	const address = cutText(
		redactor.redactText(baseUrlOf(target, request.path) ?? target.origin),
		MAX_ADDRESS_LENGTH,
	);
	const isNewBase = baseUrlOf(target, request.path) !== null;
	return new RequestFault(
		'passing',
		`${provider.displayName} redirected the request to ${address} (HTTP ${statusCode})`,
		{
			advice: isNewBase
				? `Redirects are not followed, to keep the key safe. If the service has moved there, enter ${address} as the 'Base URL' in the credential.`
				: `Redirects are not followed, to keep the key safe. If the service has moved there, enter its address as the 'Base URL' in the credential. It may also be the login page of a proxy between n8n and the service.`,
			httpStatus: statusCode,
		},
	);
}

/** Where a redirect points; `null` when it points nowhere that a request can go. */
function targetOf(location: string, url: string): URL | null {
	if (location === '' || !URL.canParse(location, url)) return null;
	const target = new URL(location, url);
	return ['http:', 'https:'].includes(target.protocol) ? target : null;
}

/**
 * The Base URL with which the request would have gone where the redirect points, without user
 * name, query and fragment; `null` when its path is that of something else.
 */
function baseUrlOf(target: URL, path: string): string | null {
	const pathname = withoutEnd(target.pathname, '/');
	const wanted = withoutEnd(path, '/');
	if (!pathname.endsWith(wanted)) return null;
	return target.origin + withoutEnd(pathname.slice(0, pathname.length - wanted.length), '/');
}
