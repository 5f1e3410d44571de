import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { RequestFault } from '../errors';
import type { ReadParameter } from '../input';
import type { ApiConventions, CredentialSettings } from './api';
import type { HttpAnswer } from './answer';
import { cancelSignal, withSignal, type RequestContext } from '../n8nEngine';
import { databaseFault } from './databaseFault';
import { errorChain } from './errorChain';
import { exchange } from './exchange';
import { redactor, type Redactor } from './redact';
import { tokenRenewal } from './tokenRenewal';

/** A credential in use. */
export interface Credential {
	type: string;
	/** Its secrets grow by those that a renewal of its token brings; none is ever taken away. */
	settings: CredentialSettings;
	/** Takes the secrets of the credential, all that it has had so far, out of what comes back. */
	redactor(more?: readonly string[]): Promise<Redactor>;
	/** The OAuth2 token that requests are signed with now; `null` for another kind of credential. */
	currentToken(): Promise<string | null>;
	/** Renews the token. */
	renew(): Promise<void>;
	displayName: string;
}

/** Opens the credential that a node uses for a provider. */
export async function openCredential(
	context: RequestContext,
	provider: ApiConventions,
	parameter: ReadParameter,
): Promise<Credential> {
	const type = provider.credentialType(parameter);
	const read = async () => await readCredential(context, type);
	const data = await read();
	const hasToken = data.oauthTokenData !== undefined;
	const settings = provider.readCredential(data);
	const known = new Set(settings.secrets);

	const currentToken = async (): Promise<string | null> => {
		if (!hasToken) return null;
		const current = await read();
		for (const secret of provider.readCredential(current).secrets) {
			if (known.has(secret)) continue;
			known.add(secret);
			settings.secrets.push(secret);
		}
		return tokenIn(current);
	};
	// Made anew where secrets have been added, since making one takes longer than most answers do.
	let usual = { count: 0, redactor: redactor([]) };
	const redactorOf = async (more: readonly string[] = []) => {
		// Only now: the token may have been renewed for this very request, whose answer counts also where
		// that cannot be told.
		await currentToken().catch(() => null);
		const { secrets } = settings;
		if (more.length > 0) return redactor([...secrets, ...more]);
		if (usual.count !== secrets.length) {
			usual = { count: secrets.length, redactor: redactor(secrets) };
		}
		return usual.redactor;
	};
	return {
		type,
		displayName: provider.displayName,
		settings,
		redactor: redactorOf,
		currentToken,
		renew: tokenRenewal(context, type, provider.displayName, redactorOf),
	};
}

/** @throws {RequestFault} of kind `passing` when n8n's database is the reason that it cannot be read */
async function readCredential(
	context: RequestContext,
	type: string,
): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials<ICredentialDataDecryptedObject>(type);
	} catch (error) {
		throw databaseFault(errorChain(error)) ?? error;
	}
}

function tokenIn({ oauthTokenData }: ICredentialDataDecryptedObject): string | null {
	const token = (oauthTokenData as { access_token?: unknown } | undefined)?.access_token;
	return typeof token === 'string' ? token : null;
}

/**
 * Sends a request with a credential. One that is refused because its OAuth2 token is over is sent
 * again with a new one; nothing was done for the refused one.
 */
export async function sendAuthorized(
	credential: Credential,
	context: RequestContext,
	options: IHttpRequestOptions,
): Promise<HttpAnswer> {
	const send = async (from: RequestContext) =>
		await exchange(from, credential.type, options, async () => await credential.redactor());
	const token = await credential.currentToken();
	if (token === null) return await send(context);
	const refusal = new AbortController();
	const signals = [refusal.signal, cancelSignal(context) ?? refusal.signal];
	const answer = await send(withSignal(context, AbortSignal.any(signals)));
	if (answer.statusCode !== 401) return answer;

	// More than a destroyed body: where n8n sets no limit to it, the HTTP client has put another
	// stream in front, which does not close the connection (axios, lib/adapters/http.js).
	refusal.abort();
	answer.body.destroy();
	// Another request, or another execution, may have renewed it meanwhile.
	if ((await credential.currentToken()) === token) {
		await credential.renew();
		if ((await credential.currentToken()) === token) throw noNewToken(credential.displayName);
	}
	return await send(context);
}

function noNewToken(displayName: string): RequestFault {
	return new RequestFault('passing', `${displayName} did not return a new OAuth2 token`, {
		advice: 'Try again later. If it keeps failing, open the credential and connect it again.',
	});
}
