import { z } from 'zod';

import { requireId } from '../shared/identifiers';
import type { CrawlProvider } from '../shared/provider';
import { text } from '../shared/values';
import { jobsRequest, readKnowledgeBase } from './jobs';
import { jobProperties } from './properties';
import { searches } from './searches';
import { readListedCrawl } from './status';
import { readStatusWords, statusWordsOption } from './statusWords';

// Both shapes are documented for every error: a text, or an object with a message.
const errorSchema = z.object({
	error: z.union([z.string(), z.object({ message: text, code: text })]),
});

const ADVICE: Readonly<Record<number, string>> = {
	401: 'Create a developer key (it starts with dk_) in Pathors under Settings → Developer Keys, and put it into the credential. Pathors no longer accepts older keys, which start with sk_ or buzz_live_.',
	403: 'The owner of the developer key has to be a member of the project.',
	404: 'Check the ids of the project and of its knowledge base, and that the owner of the developer key is a member of the project.',
};

/** Pathors' developer API: crawls into the knowledge base of a project. */
export const pathors: CrawlProvider = {
	id: 'pathors',
	displayName: 'Pathors',

	credentials: [
		{
			name: 'pathorsDeveloperApi',
			required: true,
			displayOptions: { show: { '/provider': ['pathors'] } },
		},
	],
	credentialType: () => 'pathorsDeveloperApi',
	readCredential: (data) => ({
		baseUrl: String(data.baseUrl ?? ''),
		secrets: [String(data.developerKey ?? '')],
		defaults: {},
	}),

	jobProperties,
	jobIdKey: 'jobId',
	readReference: (parameter) => ({
		...readKnowledgeBase(parameter),
		jobId: requireId(parameter('jobId'), 'Crawl'),
	}),

	searches,

	statusRequest: jobsRequest,
	readStatus: (body, reference) => readListedCrawl(body, reference),
	waitOptions: [statusWordsOption],
	statusReader: (parameter) => {
		const words = readStatusWords(parameter);
		return (body, reference) => readListedCrawl(body, reference, words);
	},

	explainError(httpStatus, body) {
		const error = errorSchema.safeParse(body).data?.error;
		const message = typeof error === 'string' ? error : error?.message;
		const code = typeof error === 'string' ? null : error?.code;
		const advice = ADVICE[httpStatus];
		return {
			...(message && { message: code ? `${message} (${code})` : message }),
			...(advice && { advice }),
		};
	},
};
