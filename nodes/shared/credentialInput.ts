import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { InvalidInputError } from './errors';
import { cleanText, INVISIBLE, textOf, withoutEnd, withoutInvisible } from './input';

/*
 * Readers of what users paste into credentials. n8n reads a credential in two ways that share no
 * code: its type signs and tests requests, a node reads its fields. Both use these.
 */

/** The name of the header or of the scheme that a key was copied with. */
const KEY_PREFIX = /^(?:(?:authorization|x-api-key)\s*:\s*)?(?:bearer(?:\s+|$))?/i;
/** What a header may hold, except for spaces: no key has any. */
const KEY = /^[\x21-\x7e]+$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** Also spaces, as in "Bearer key". */
const HEADER_VALUE = /^[\x20-\x7e]+$/;

/**
 * A key without what copying adds: blanks, quotes, and `Bearer` or a header's name before it.
 * @param label the display name of the credential's field
 * @throws {InvalidInputError} when it is missing, or holds what no header may hold
 */
export function readKey(value: unknown, label: string): string {
	const key = cleanText(textOf(value), (rest) => rest.replace(KEY_PREFIX, ''));
	if (KEY.test(key)) return key;
	if (key === '') {
		throw new InvalidInputError(
			`'${label}' is missing`,
			`Open the credential and fill in '${label}'.`,
		);
	}
	throw new InvalidInputError(
		`'${label}' contains a space, a line break or a special character`,
		'Copy it again, as a single line.',
	);
}

/**
 * The name of a header; empty where there is none.
 * @throws {InvalidInputError} when no header can have it
 */
export function readHeaderName(value: unknown, label: string): string {
	const name = cleanText(textOf(value), (rest) => withoutEnd(rest, ':'));
	if (name === '' || HEADER_NAME.test(name)) return name;
	throw new InvalidInputError(
		`'${label}' is not the name of a header`,
		'Enter a name such as X-API-Key.',
	);
}

/**
 * What a header holds; empty where there is none.
 * @throws {InvalidInputError} when no header may hold it
 */
export function readHeaderValue(value: unknown, label: string): string {
	const text = cleanText(textOf(value));
	if (text === '' || HEADER_VALUE.test(text)) return text;
	throw new InvalidInputError(
		`'${label}' contains a line break or a special character`,
		'Copy it again, as a single line.',
	);
}

/** What copying leaves before an address. */
const START = /^["'`“”„‘’«»<>\s\p{Cf}]+/u;
/** What stands behind an address that a path can be added to. */
const END = '["\'`“”„‘’«»<>\\s\\p{Cf}/?#]';
/** The version of an API; the providers' paths begin with it. */
const VERSION = `(?:/(?:api/)?v\\d+${END}*)?`;

/** Where the paths of a provider begin: with the version, or behind it. */
export type VersionPlace = 'inPaths' | 'inBaseUrl';

/**
 * A base URL without what stands behind its last part: blanks, quotes, slashes, an empty query.
 * @param version where the provider's API has its version; if in the paths, it is left out of the
 * base URL, since users copy it along
 */
export function readBaseUrl(value: unknown, version: VersionPlace): string {
	return withoutInvisible(textOf(value)).replace(START, '').replace(endPattern(version), '');
}

/**
 * The same in n8n's language of expressions, for what a credential type declares.
 * @param fields the name that the credential's fields have in the expression
 */
export function baseUrlExpression(
	version: VersionPlace,
	fields: '$credentials' | '$self' = '$credentials',
): string {
	return [INVISIBLE, START, endPattern(version)].reduce(
		(text, pattern) => `${text}.replace(${String(pattern)}, "")`,
		`${fields}["baseUrl"]`,
	);
}

function endPattern(version: VersionPlace): RegExp {
	// Not to begin anew at each of a thousand slashes, nor at those before a host such as `api`.
	const end = `(?<!${END}|:)${END}*`;
	return new RegExp(version === 'inPaths' ? `${end}${VERSION}$` : `${end}$`, 'iu');
}

/** Adds what a credential holds to a request, as n8n's credential types do. */
export type SignRequest = (
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
) => Promise<IHttpRequestOptions>;

/**
 * What signs the requests of a credential type: the key in a header, as {@link readKey} reads it.
 * @param field the name of the field that holds the key
 * @param scheme stands before the key
 */
export function signWithKey({
	field,
	label,
	header,
	scheme = '',
}: {
	field: string;
	label: string;
	header: string;
	scheme?: string;
}): SignRequest {
	return (credentials, requestOptions) => {
		const key = readKey(credentials[field], label);
		const headers = { ...requestOptions.headers, [header]: `${scheme}${key}` };
		return Promise.resolve({ ...requestOptions, headers });
	};
}
