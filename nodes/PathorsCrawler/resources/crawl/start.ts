import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { createCrawlJob, type JobReference } from '../../../shared/crawlJob';
import { InvalidInputError, RequestFault, throwAsCertain } from '../../../shared/errors';
import { sendOnce } from '../../../shared/http/sendOnce';
import { requireWebAddress } from '../../../shared/webAddresses';
import { optionsProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import type { SendRequest } from '../../../shared/provider';
import { IF_START_LOST, refusalIn } from '../../../shared/node/startedJob';
import { findId, toObject } from '../../../shared/tolerant';
import { systemClock } from '../../../shared/node/systemClock';
import { crawlPath, type ListedJob } from '../../api';
import { knowledgeBaseProperty, projectProperty, readKnowledgeBase } from '../../fields';
import { fetchJobs, fetchJobsBeforeStart } from '../../lists';
import { pathors } from '../../provider';

const properties: INodeProperties[] = [
	projectProperty,
	knowledgeBaseProperty,
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com',
		description: 'The address to start crawling from',
	},
	{
		displayName:
			"Pathors documents only the URL for this request. Send other fields with 'Additional Fields'.",
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
			description: 'Fields to send in addition to the URL, as a JSON object',
		},
	]),
];

/** The pause before each attempt to find the new crawl, in milliseconds. */
const ATTEMPT_PAUSES_MS = [0, 500, 1_000, 1_500] as const;

/**
 * Starts a crawl, and finds out its id. Pathors does not document whether its answer has one;
 * if it has none, the new crawl is the one that the list did not have before. The start itself is
 * sent once, and no failure after it is an error, because users start again after an error; but for a
 * success that is no answer of Pathors' and after which the list shows no new crawl.
 */
export const start: ResourceOperation = {
	name: 'Start',
	value: 'start',
	action: 'Start crawl',
	description: 'Start crawling a website into a knowledge base',
	properties,
	async run({ parameter, send, reading }) {
		const knowledgeBase = readKnowledgeBase(parameter);
		const url = requireWebAddress(parameter('url'), 'URL');
		const body = { ...readAdditionalFields(parameter('options', {}) as IDataObject), url };
		const before = await fetchJobsBeforeStart(send, knowledgeBase, reading).catch(throwAsCertain);

		const answer = await sendOnce(
			send,
			{ method: 'POST', path: crawlPath(knowledgeBase), body },
			IF_START_LOST,
			readAnswer,
		).catch(withoutJson);
		const { jobId, warnings } =
			answer.jobId === null
				? await findStarted(send, knowledgeBase, before)
				: { jobId: answer.jobId, warnings: [] };
		if (jobId === '' && answer.fault !== null) throw answer.fault;
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

function readAdditionalFields({ additionalFields = {} }: IDataObject): IDataObject {
	const fields = toObject(additionalFields);
	if (fields !== null) return fields as IDataObject;
	throw new InvalidInputError(
		"'Additional Fields' is not a JSON object",
		'Enter an object, such as { "limit": 20 }.',
	);
}

/** What an answer to the start tells. */
interface Answer {
	jobId: string | null;
	/** Why nothing can be read of it, where it is a success all the same. */
	fault: RequestFault | null;
}

/**
 * The status in such an answer is left alone: it may be about the request instead of the crawl.
 * @throws {RequestFault} when Pathors refuses
 */
function readAnswer(body: unknown): Answer {
	const jobId = findId(body, ['jobId']);
	const refusal = jobId === null ? refusalIn(pathors, body) : null;
	if (refusal !== null) throw refusal;
	return { jobId, fault: null };
}

/** A success may have started the crawl, whatever its body is: the list of crawls tells. */
function withoutJson(error: unknown): Answer {
	const isSuccess =
		error instanceof RequestFault && error.httpStatus !== null && error.httpStatus < 300;
	if (!isSuccess) throw error;
	return { jobId: null, fault: error };
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
	for (const pauseMs of ATTEMPT_PAUSES_MS) {
		await systemClock.sleep(pauseMs);
		const list = await tryToList(send, knowledgeBase);
		const [first, ...others] = list.jobs.filter((job) => !known.has(job.jobId));
		if (others.length > 0) return notFound('Other crawls were started at the same time.');
		if (first !== undefined) return { jobId: first.jobId, warnings: [] };
		problem = list.problem;
	}
	return notFound(problem);
}

function notFound(problem: string): Finding {
	return {
		jobId: '',
		warnings: [
			`The crawl was started, but its ID is unknown. ${problem} Find it with 'Get Many'. Starting it again would create a second crawl.`,
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
