import { jsonParse, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { createCrawlJob, type JobReference } from '../../../shared/crawlJob';
import { InvalidInputError, RequestFault } from '../../../shared/errors';
import { requireWebAddress } from '../../../shared/input';
import { optionsProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { SendRequest } from '../../../shared/provider';
import { text } from '../../../shared/tolerant';
import { systemClock } from '../../../shared/node/systemClock';
import { crawlPath, type ListedJob } from '../../api';
import { knowledgeBaseProperty, projectProperty, readKnowledgeBase } from '../../fields';
import { fetchJobs } from '../../lists';

const properties: INodeProperties[] = [
	projectProperty,
	knowledgeBaseProperty,
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'https://example.com',
		description: 'Where the crawl starts',
	},
	{
		displayName:
			'Pathors documents no field of this request but the URL. If your account knows others, send them with the option Additional Fields.',
		name: 'startNotice',
		type: 'notice',
		default: '',
	},
	optionsProperty([
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'json',
			default: '{}',
			description: 'Fields to send along with the URL, as a JSON object',
		},
	]),
];

/** The pause before each look for a new crawl, in milliseconds. */
const LOOKS_MS = [0, 500, 1_000, 1_500] as const;

/**
 * Starts a crawl, and finds out its id. Pathors does not document whether its answer has one;
 * where it has none, the new crawl is the one that the list did not have before. The start itself
 * is sent once, and nothing that goes wrong after it is an error: who sees one starts again.
 */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start a crawl',
	description: 'Start to crawl a website into a knowledge base',
	properties,
	async run({ parameter, send }) {
		const knowledgeBase = readKnowledgeBase(parameter);
		const url = requireWebAddress(parameter('url'), 'URL');
		const body = { ...readAdditionalFields(parameter('options', {}) as IDataObject), url };
		const before = await fetchJobs(send, knowledgeBase);

		const answer = await send({ method: 'POST', path: crawlPath(knowledgeBase), body });
		const answeredId = readJobId(answer.body);
		const { jobId, warnings } =
			answeredId === null
				? await findStarted(send, knowledgeBase, before)
				: { jobId: answeredId, warnings: [] };
		return [
			createCrawlJob({
				provider: 'pathors',
				jobId,
				reference: { ...knowledgeBase, jobId },
				status: 'queued',
				rawStatus: null,
				url,
				warnings,
			}),
		];
	},
};

function readAdditionalFields({ additionalFields }: IDataObject): IDataObject {
	const value = additionalFields === '' ? undefined : additionalFields;
	const fields: unknown =
		typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	const result = z.record(z.unknown()).default({}).safeParse(fields);
	if (result.success) return result.data as IDataObject;
	throw new InvalidInputError(
		'Additional Fields is not a JSON object',
		'Give it as an object, such as { "limit": 20 }.',
	);
}

// The status in such an answer is left alone: it may be about the request instead of the crawl.
const answerSchema = z.object({
	jobId: text,
	data: z.object({ jobId: text }).optional().catch(undefined),
});

function readJobId(body: unknown): string | null {
	const answer = answerSchema.safeParse(body).data;
	return answer?.jobId ?? answer?.data?.jobId ?? null;
}

interface Finding {
	/** Empty when the new crawl could not be told from the others. */
	jobId: string;
	warnings: string[];
}

async function findStarted(
	send: SendRequest,
	knowledgeBase: JobReference,
	before: readonly ListedJob[],
): Promise<Finding> {
	const known = new Set(before.map((job) => job.jobId));
	let problem = '';
	for (const pauseMs of LOOKS_MS) {
		await systemClock.sleep(pauseMs);
		const list = await tryToList(send, knowledgeBase);
		const [first, ...others] = list.jobs.filter((job) => !known.has(job.jobId));
		if (others.length > 0) return notFound('Others began at the same moment.');
		if (first !== undefined) return { jobId: first.jobId, warnings: [] };
		problem = list.problem;
	}
	return notFound(problem);
}

function notFound(problem: string): Finding {
	return {
		jobId: '',
		warnings: [
			`The crawl was started, but its id is not known. ${problem} Look it up with Get Many; starting again would crawl twice.`,
		],
	};
}

async function tryToList(
	send: SendRequest,
	knowledgeBase: JobReference,
): Promise<{ jobs: ListedJob[]; problem: string }> {
	try {
		const jobs = await fetchJobs(send, knowledgeBase);
		return { jobs, problem: 'The list of crawls does not show it yet.' };
	} catch (error) {
		const reason = error instanceof RequestFault ? error.message : 'The list cannot be read';
		return { jobs: [], problem: `${reason}.` };
	}
}
