import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { CrawlJob } from '../../../shared/crawlJob';
import { AdvisedError, InvalidInputError, throwAsCertain } from '../../../shared/errors';
import { sendOnce } from '../../../shared/http/sendOnce';
import { requireWebAddresses } from '../../../shared/webAddresses';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { ApiRequest } from '../../../shared/provider';
import { readStartedJob } from '../../../shared/node/startedJob';
import { toText } from '../../../shared/tolerant';
import { withoutBlanks } from '../../../shared/withoutBlanks';
import { createSession, scrapePath } from '../../api';
import { midPilot } from '../../provider';
import { readOptionalSessionId, readSessionId, sessionProperty } from '../../fields';

const properties: INodeProperties[] = [
	{
		...sessionProperty,
		description:
			"By default, the session from the input item. Where it is empty, a new session is created: the crawl's 'reference' holds its ID.",
	},
	{
		displayName: 'Starter Links',
		name: 'starterLinks',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. https://docs.example.com',
		description: 'Addresses to start crawling from, one per line',
	},
	{
		displayName: 'Application Name',
		name: 'applicationName',
		type: 'string',
		required: true,
		default: '',
		description:
			'The application whose documentation to crawl. Pages about anything else are skipped.',
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
				placeholder: 'e.g. 4.9',
				description:
					'The version of the application. Leave empty to use the one that the session was created for, or the current one.',
			},
			{
				displayName: 'Create Session When Empty',
				name: 'createSession',
				type: 'boolean',
				default: false,
				description:
					"Whether to create a new session when 'Session ID' is empty. Without this option, one is created. Add it and leave it off to get an error instead.",
			},
			{
				displayName: 'Skip Cache',
				name: 'skipCache',
				type: 'boolean',
				default: false,
				description:
					'Whether to crawl again even if the same addresses were crawled in the last few weeks, in this or another session',
			},
		],
	},
];

/** Starts a crawl, in a session that exists or in a new one, and gives it as a CrawlJob. */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start crawl',
	description: 'Start crawling the documentation of an application',
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
		const given = readOptionalSessionId(parameter);
		const isNew = given === '' && options.createSession !== false;
		const sessionId = isNew
			? await createSession(send, '').catch(throwAsCertain)
			: readSessionId(parameter);
		const request: ApiRequest = { method: 'POST', path: scrapePath(sessionId), body: scrape };
		const job = sendOnce(
			send,
			request,
			`The crawl may have been started all the same. Look it up with 'Get Many' in the session ${sessionId} before you start it again.`,
			(body) =>
				readStartedJob({
					provider: midPilot,
					body,
					idNames: ['jobId', 'id'],
					referenceTo: (jobId) => ({ sessionId, jobId }),
					url: scrape.starterLinks[0] ?? null,
				}),
		);
		return [await (isNew ? namingSession(job, sessionId) : job)];
	},
};

/** Adds the id of a new session to an error: nothing else would know it. */
async function namingSession(job: Promise<CrawlJob>, sessionId: string): Promise<CrawlJob> {
	return await job.catch((error: unknown) => {
		if (!(error instanceof AdvisedError)) throw error;
		throw error.withMoreAdvice(
			`The session ${sessionId} was created for this crawl: enter it as 'Session ID' to try again.`,
		);
	});
}

function requireApplicationName(value: unknown): string {
	const name = toText(value);
	if (name !== null) return name;
	throw new InvalidInputError(
		"'Application Name' is missing",
		'Enter the name of the application whose documentation to crawl.',
	);
}
