import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { createCrawlJob } from '../../../shared/crawlJob';
import { InvalidInputError } from '../../../shared/errors';
import { parseBody } from '../../../shared/http/parseBody';
import { requireWebAddresses } from '../../../shared/input';
import type { ResourceOperation } from '../../../shared/node/operations';
import { toText } from '../../../shared/tolerant';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { createSession, scrapePath } from '../../api';
import { readOptionalSessionId, readSessionId, sessionProperty } from '../../fields';

const properties: INodeProperties[] = [
	sessionProperty,
	{
		displayName: 'Starter Links',
		name: 'starterLinks',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'https://docs.example.com',
		description: 'Where the crawl starts, one address per line',
	},
	{
		displayName: 'Application Name',
		name: 'applicationName',
		type: 'string',
		required: true,
		default: '',
		description: 'What the documentation to scrape is about; pages on other things are left out',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Application Version',
				name: 'applicationVersion',
				type: 'string',
				default: '',
				placeholder: '4.9',
				description:
					'Which version it is about; empty means the one the session was made for, or the current',
			},
			{
				displayName: 'Create Session When Empty',
				name: 'createSession',
				type: 'boolean',
				default: false,
				description: 'Whether to make a new session when Session ID has no value',
			},
			{
				displayName: 'Skip Cache',
				name: 'skipCache',
				type: 'boolean',
				default: false,
				description:
					'Whether to scrape again although the same was scraped in the last weeks, in this session or another',
			},
		],
	},
];

const startedSchema = z.object({ jobId: z.string() });

/** Starts a crawl, in a session that exists or in a new one, and gives it as a CrawlJob. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start a crawl',
	description: 'Start to scrape the documentation of an application',
	properties,
	async run({ parameter, send }) {
		const options = parameter('options', {}) as IDataObject;
		const scrape = {
			starterLinks: requireWebAddresses(parameter('starterLinks'), 'Starter Links'),
			applicationName: requireApplicationName(parameter('applicationName')),
			...withoutBlanks({
				applicationVersion: options.applicationVersion,
				skipCache: options.skipCache,
			}),
		};
		const sessionId =
			options.createSession === true && readOptionalSessionId(parameter) === ''
				? await createSession(send, '')
				: readSessionId(parameter);
		const { body } = await send({ method: 'POST', path: scrapePath(sessionId), body: scrape });
		const { jobId } = parseBody(startedSchema, body, 'started midPilot scrape job');
		return [
			createCrawlJob({
				provider: 'midPilot',
				jobId,
				reference: { sessionId, jobId },
				status: 'queued',
				rawStatus: null,
				url: scrape.starterLinks[0],
			}),
		];
	},
};

function requireApplicationName(value: unknown): string {
	const name = toText(value);
	if (name !== null) return name;
	throw new InvalidInputError(
		'Application Name is missing',
		'Say what the documentation to scrape is about, such as the name of the product.',
	);
}
