import type { RequestContext } from '../n8nEngine';
import { RequestFault } from '../errors';
import { publicText } from '../sanitize';
import { errorChain, errorCode, type ErrorLink } from './errorChain';
import { faultKindOfStatus } from './faultKind';
import { networkFault } from './networkFault';
import type { Redactor } from './redact';
import { retryAfterMs } from './retryAfter';

/**
 * Renews the OAuth2 token of a credential, once for all that need it at the same time: services
 * that give a new refresh token with each access token refuse the old one from then on. n8n itself
 * renews a token only for a request that it sees fail, and before 2.8 it cannot be told which
 * statuses are failures.
 */
export function tokenRenewal(
	context: RequestContext,
	credentialType: string,
	displayName: string,
	redactor: () => Promise<Redactor>,
): () => Promise<void> {
	let underWay: Promise<void> | null = null;
	const renew = async () => {
		try {
			await context.helpers.refreshOAuth2Token.call(context, credentialType);
		} catch (error) {
			throw renewalFault(error, displayName, await redactor());
		} finally {
			underWay = null;
		}
	};
	return async () => await (underWay ??= renew());
}

/** The errors of RFC 6749 §5.2: the connection is over, or was never right. */
const OVER: ReadonlySet<unknown> = new Set([
	'invalid_request',
	'invalid_client',
	'invalid_grant',
	'unauthorized_client',
	'unsupported_grant_type',
	'invalid_scope',
]);

/**
 * The fault behind a token that could not be renewed. n8n's own message quotes the first part of
 * what the server has sent, which can end in the middle of a secret, so it is not used.
 */
function renewalFault(error: unknown, displayName: string, redact: Redactor): RequestFault {
	const chain = errorChain(error);
	const refusal = refusalOf(chain);
	const code = errorCode(chain);
	if (refusal === null && code !== null && !OWN_CODES.has(code)) {
		// The request that needs the token was not sent, or refused.
		return networkFault(error, redact, '').asCertain();
	}
	const kind = kindOfRefusal(refusal);
	const says = refusal?.says ?? null;
	const answer = refusal?.isPage === true ? ': the server returned a web page' : '';
	return new RequestFault(
		kind,
		`The OAuth2 token of ${displayName} could not be renewed${answer}`,
		{
			advice:
				kind === 'passing'
					? 'Try again later. If it keeps failing, open the credential and connect it again.'
					: 'Open the credential and connect it again.',
			serverSays:
				says === null ? null : `${displayName} says: ${publicText(redact.redactText(says))}`,
			pauseMs: refusal?.pauseMs ?? null,
		},
	);
}

/** Codes of n8n's OAuth2 client (`@n8n/client-oauth2`) for answers that are no token. */
const OWN_CODES: ReadonlySet<string> = new Set([
	'EAUTH',
	'ESTATUS',
	'ERR_BAD_REQUEST',
	'ERR_BAD_RESPONSE',
]);

interface Refusal {
	httpStatus: number | null;
	/** The `error` of RFC 6749. */
	error: unknown;
	isPage: boolean;
	says: string | null;
	pauseMs: number | null;
}

/** What the token endpoint has answered; `null` when it has not. */
function refusalOf(chain: readonly ErrorLink[]): Refusal | null {
	const link = chain.find(({ body, response }) => body !== undefined || response !== undefined);
	if (link === undefined) return null;
	const body = parsed(link.body);
	const fields: Record<string, unknown> =
		typeof body === 'object' && body !== null ? { ...body } : {};
	const status = [link.status, link.response?.status, fields.statusCode, fields.status].find(
		(value): value is number => typeof value === 'number',
	);
	const says = [fields.error_description, fields.message, fields.error].find(
		(value): value is string => typeof value === 'string',
	);
	return {
		httpStatus: status ?? null,
		error: fields.error,
		isPage: typeof body === 'string' && body.trimStart().startsWith('<'),
		says: says ?? null,
		pauseMs: retryAfterMs(link.response?.headers ?? {}, Date.now()),
	};
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}

function kindOfRefusal(refusal: Refusal | null): 'passing' | 'permanent' {
	// Such as n8n's own error for a credential that has no refresh token, or has to be reconnected.
	if (refusal === null) return 'permanent';
	if (OVER.has(refusal.error)) return 'permanent';
	if (refusal.isPage || refusal.httpStatus === null) return 'passing';
	if (refusal.httpStatus < 400) return 'passing';
	return faultKindOfStatus(refusal.httpStatus) === 'permanent' ? 'permanent' : 'passing';
}
