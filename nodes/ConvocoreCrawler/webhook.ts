import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readHeaderName, readHeaderValue, readKey } from '../shared/credentialInput';
import { InvalidInputError } from '../shared/errors';
import { isBlank } from '../shared/input';
import { requireWebAddress } from '../shared/webAddresses';
import { withoutBlanks } from '../shared/withoutBlanks';

/** The option for the address that Convocore reports a crawl to. Read it with {@link readWebhook}. */
export const webhookOption: INodeProperties = {
	displayName: 'Webhook',
	name: 'webhook',
	type: 'fixedCollection',
	placeholder: 'Add webhook',
	default: {},
	description: 'Where Convocore sends the events of the crawl',
	options: [
		{
			displayName: 'Webhook',
			name: 'settings',
			values: [
				{
					displayName: 'Bearer Token',
					name: 'bearerToken',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'Sent in the Authorization header of each webhook request',
				},
				{
					displayName: 'Events',
					name: 'events',
					type: 'multiOptions',
					options: [
						{ name: 'Crawl Completed', value: 'job_completed' },
						{ name: 'Crawl Failed', value: 'job_failed' },
						{ name: 'Page Crawled', value: 'page_scraped' },
					],
					default: ['job_completed', 'job_failed'],
					description: 'Which events to send. There is none for a cancelled crawl.',
				},
				{
					displayName: 'Headers',
					name: 'headers',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add header',
					default: {},
					description: 'More headers for each webhook request',
					options: [
						{
							displayName: 'Header',
							name: 'header',
							values: [
								{ displayName: 'Name', name: 'name', type: 'string', default: '' },
								{
									displayName: 'Value',
									name: 'value',
									type: 'string',
									typeOptions: { password: true },
									default: '',
								},
							],
						},
					],
				},
				{
					displayName: 'Secret',
					name: 'secret',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description:
						'Sent unchanged in the x-convocore-crawler-secret header of each webhook request',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/hook',
					description: 'Must start with https://',
				},
			],
		},
	],
};

interface WebhookSettings {
	url: string;
	events: string[];
	secret: string;
	bearerToken: string;
	headers: { header?: Array<{ name: string; value: string }> };
}

/**
 * The webhook of a start request, empty where the user wants none, and what of it is secret.
 * @param option what the option holds, as the node's parameters are read
 * @throws {InvalidInputError} for an address that does not start with https://, and for what no
 * header may hold
 */
export function readWebhook(option: unknown): { body: IDataObject; secrets: string[] } {
	const { settings } = (option ?? {}) as { settings?: WebhookSettings };
	if (settings === undefined) return { body: {}, secrets: [] };
	const secret = readHeaderValue(settings.secret, 'Webhook > Secret');
	const bearerToken = isBlank(settings.bearerToken)
		? ''
		: readKey(settings.bearerToken, 'Webhook > Bearer Token');
	const headers = (settings.headers.header ?? []).map(readHeader);
	return {
		body: withoutBlanks({
			url: requireHttps(settings.url),
			events: settings.events,
			secret,
			bearerToken,
			headers: Object.fromEntries(headers.filter(([name]) => name !== '')),
		}),
		secrets: [secret, bearerToken, ...headers.map(([, value]) => value)],
	};
}

function readHeader(header: { name: string; value: string }): [name: string, value: string] {
	const name = readHeaderName(header.name, 'Webhook > Headers > Name');
	const value = readHeaderValue(header.value, 'Webhook > Headers > Value');
	if (name !== '' || value === '') return [name, value];
	throw new InvalidInputError(
		"'Webhook > Headers > Name' is missing",
		'Enter the name of the header, or remove the header.',
	);
}

function requireHttps(value: unknown): string {
	const url = requireWebAddress(value, 'Webhook > URL');
	if (new URL(url).protocol === 'https:') return url;
	throw new InvalidInputError(
		"'Webhook > URL' must start with https://",
		"Enter an address that starts with https:// in 'Webhook > URL'. Convocore sends events to no other.",
	);
}
