import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InvalidInputError } from '../shared/errors';
import { requireWebAddress } from '../shared/input';
import { withoutBlanks } from '../shared/withoutBlanks';

/** The option for the address that Convocore reports a crawl to. Read it with {@link readWebhook}. */
export const webhookOption: INodeProperties = {
	displayName: 'Webhook',
	name: 'webhook',
	type: 'fixedCollection',
	placeholder: 'Add webhook',
	default: {},
	description: 'Where Convocore reports what happens in the crawl',
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
					description: 'Sent in the header Authorization of each report',
				},
				{
					displayName: 'Events',
					name: 'events',
					type: 'multiOptions',
					options: [
						{ name: 'Job Completed', value: 'job_completed' },
						{ name: 'Job Failed', value: 'job_failed' },
						{ name: 'Page Scraped', value: 'page_scraped' },
					],
					default: ['job_completed', 'job_failed'],
					description: 'There is no event for a cancelled crawl',
				},
				{
					displayName: 'Headers',
					name: 'headers',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add header',
					default: {},
					description: 'Further headers of each report',
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
					description: 'Sent as it is in the header x-convocore-crawler-secret of each report',
				},
				{
					displayName: 'URL',
					name: 'url',
					type: 'string',
					default: '',
					placeholder: 'https://example.com/hook',
					description: 'Has to start with https://',
				},
			],
		},
	],
};

interface WebhookSettings {
	url?: string;
	events?: string[];
	secret?: string;
	bearerToken?: string;
	headers?: { header?: Array<{ name: string; value: string }> };
}

/**
 * The webhook of a start request, empty where the user wants none, and what of it is secret.
 * @throws {InvalidInputError} when its address does not start with https://
 */
export function readWebhook(option: unknown): { body: IDataObject; secrets: string[] } {
	const { settings } = (option ?? {}) as { settings?: WebhookSettings };
	if (settings === undefined) return { body: {}, secrets: [] };
	const { events, secret = '', bearerToken = '' } = settings;
	const headers = settings.headers?.header ?? [];
	return {
		body: withoutBlanks({
			url: requireHttps(settings.url),
			events,
			secret,
			bearerToken,
			headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
		}),
		secrets: [secret, bearerToken, ...headers.map(({ value }) => value)],
	};
}

function requireHttps(value: unknown): string {
	const url = requireWebAddress(value, 'The URL of the webhook');
	if (new URL(url).protocol === 'https:') return url;
	throw new InvalidInputError(
		'The URL of the webhook does not start with https://',
		'Convocore only reports to encrypted addresses: give one that starts with https://.',
	);
}
