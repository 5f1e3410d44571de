import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { JobReference } from '../crawlJob';
import type { ReadParameter } from '../input';
import type { ResponseHeaders } from './retryAfter';

/** One request to a provider's API, below the base URL of the credential. */
export interface ApiRequest {
	method: 'GET' | 'POST' | 'DELETE';
	/** Starts with a slash; built with `apiPath`, so that inserted ids are encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	headers?: Record<string, string>;
	body?: IDataObject;
	/** Values sent with this request alone that must never appear in an output, error or log. */
	secrets?: readonly string[];
	/** The time until the answer is there as a whole, in milliseconds; default 60,000. */
	timeoutMs?: number;
	/** The most that the answer may weigh, unpacked, in bytes; default `DEFAULT_MAX_BYTES`. */
	maxBytes?: number;
	/** What HTTP statuses mean as answers to this request, where it is not the usual. */
	meanings?: Readonly<Record<number, StatusMeaning>>;
}

/** What an HTTP status means. */
export interface StatusMeaning {
	/** What happened, as the rest of a sentence that begins with the provider's name. */
	message: string;
	/** What the user can do about it. */
	advice: string;
}

export interface ApiAnswer {
	/** The parsed JSON body, `null` when it was empty. */
	body: unknown;
	/** How long the server asks to pause before the next request, in milliseconds. */
	pauseMs: number | null;
}

/** Sends one request; throws a `RequestFault` for anything but a success with a JSON body. */
export type SendRequest = (request: ApiRequest) => Promise<ApiAnswer>;

/** What a decrypted credential means for the requests made with it. */
export interface CredentialSettings {
	baseUrl: string;
	/** Values that must never appear in an output, error or log. */
	secrets: string[];
	/** Ids that the credential gives where the node's own field is empty. */
	defaults: JobReference;
}

/** The provider's own words about a refused request. */
export interface ErrorExplanation {
	/** The server's message; cleaned and shortened by the caller. */
	message?: string;
	/** What the user can do, where the provider knows better than the HTTP status does. */
	advice?: string;
	/** Set when the provider says that the next try may succeed, whatever the HTTP status says. */
	isPassing?: boolean;
}

/** How a provider's API is reached, and what is the provider's own about its answers. */
export interface ApiConventions {
	/** How messages name the provider. */
	readonly displayName: string;

	credentialType(parameter: ReadParameter): string;
	readCredential(data: ICredentialDataDecryptedObject): CredentialSettings;

	/** Headers of every request, after settings of the node that are the same for all its items. */
	requestHeaders?(parameter: ReadParameter): Record<string, string>;
	/** @param advice instead of what the provider advises about this status, unless the body tells more */
	explainError(httpStatus: number, body: unknown, advice?: string): ErrorExplanation;
	/** The pause asked for in rate-limit headers of the provider's own, in milliseconds. */
	rateLimitMs?(headers: ResponseHeaders): number | null;
}
