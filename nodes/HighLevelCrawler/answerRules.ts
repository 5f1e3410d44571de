import type { ICredentialTestRequest } from 'n8n-workflow';

type Rules = NonNullable<ICredentialTestRequest['rules']>;

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Rules by which a credential's test passes for an answer of the provider alone: n8n itself takes
 * any success for one, also the page of a website behind a wrong Base URL.
 * @param fields the fields that an answer always has, as paths; what they hold is not looked at
 * @param messages what other HTTP statuses mean
 */
export function answerRules(
	fields: readonly string[],
	messages: Readonly<Record<number, string>> = {},
): Rules {
	const message = "Check 'Base URL': the server there does not answer like the provider's API";
	const codes = [
		...REDIRECTS.map((value) => ({
			value,
			message: "The server redirects to another address: enter that address as 'Base URL'",
		})),
		...Object.entries(messages).map(([value, text]) => ({ value: Number(value), message: text })),
	];
	return [
		...codes.map((properties) => ({ type: 'responseCode', properties })),
		// A body that is not JSON arrives as a text.
		{ type: 'responseSuccessBody', properties: { key: 'constructor', value: String, message } },
		// n8n compares what it finds under the key with the value: nothing is what must not be there.
		...fields.map((key) => ({
			type: 'responseSuccessBody',
			properties: { key, value: undefined, message },
		})),
		// n8n reads each rule by its own type, whatever stands beside it.
	] as Rules;
}
