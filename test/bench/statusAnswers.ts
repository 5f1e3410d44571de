import type { IDataObject } from 'n8n-workflow';

import type { JobReference } from '../../nodes';

/** What is in the addresses, titles and contents of an answer's pages. */
export type PageTexts = 'plain' | 'escaped';

/** A provider's answer about a crawl that is over, and what it was asked with. */
export interface StatusAnswer {
	/** UTF-8 JSON. */
	body: Buffer;
	reference: JobReference;
	/** A decrypted credential, with keys such as the provider's are. */
	credential: IDataObject;
}

const JOB_ID = '9d7b2c8e-8a4b-4c10-9af3-5f1d2e7c6b90';
const TIME = '2026-05-26T10:30:00.000Z';

/** How an answer grows with what it lists. */
interface AnswerShape {
	reference: JobReference;
	credential: IDataObject;
	/** The body with so many entries. */
	body: (entries: number, texts: PageTexts) => unknown;
}

/** By the provider's id, in the forms that the providers document. */
const SHAPES: Readonly<Record<string, AnswerShape>> = {
	highLevel: {
		reference: {
			locationId: 'uTnHcRmeZJnp0pXjsxJx',
			knowledgeBaseId: 'ZfWcVcTmQSe8dDPNsXbi',
			operationId: '68d3c1f7a95b2e0012c4d8aa',
		},
		credential: { token: 'pit-3f0c5b1e-7d1a-4b6f-9c21-0e8d4a7b5c36' },
		body: (entries, texts) => ({
			success: true,
			data: {
				aggregate: [
					{ _id: 'Failed', records: listOf(Math.ceil(entries / 10), failedRecord(texts)) },
					{ _id: 'Successful', records: listOf(entries, record(texts)) },
				],
				operationDetails: {
					discoveredUrlsCount: entries + Math.ceil(entries / 10),
					trainedUrlsCount: entries,
					_id: '68d3c1f7a95b2e0012c4d8aa',
					locationId: 'uTnHcRmeZJnp0pXjsxJx',
					status: 'Successful',
					url: 'https://example.com/',
					mode: 'Domain',
					knowledgeBaseId: 'ZfWcVcTmQSe8dDPNsXbi',
					createdAt: TIME,
					updatedAt: TIME,
					__v: 0,
				},
			},
		}),
	},
	convocore: {
		reference: { workspaceId: 'a3PjM2kQv9', jobId: JOB_ID },
		credential: { region: 'eu', workspaceSecret: 'vg_5qPZ0c8mKdYw3TjXn2Rb7LhS' },
		body: (entries, texts) => ({
			success: true,
			message: 'Crawler job fetched',
			data: {
				id: JOB_ID,
				workspaceId: 'a3PjM2kQv9',
				primaryUrl: 'https://example.com/',
				urls: ['https://example.com/'],
				done: true,
				failed: false,
				isCancelled: false,
				createdAt: TIME,
				ts: 1_779_791_400_000,
				scrapedPagesNum: entries,
				failedPagesNum: 0,
				pageLimit: 10_000,
				scrapedUrls: listOf(entries, (index) => address(index, texts)),
				scrapedHashes: listOf(entries, (index) => hex(index, 64)),
				pendingCandidateUrls: listOf(entries, (index) => address(index + entries, texts)),
				processedCrawlUrls: listOf(entries, (index) => address(index, texts)),
				failedCrawlUrls: [],
			},
		}),
	},
	geonode: {
		reference: { jobId: JOB_ID },
		credential: {
			baseUrl: 'https://scraper.geonode.io',
			apiKey: 'gn_7c1f5a90e2b84d3f96a7c5e1d0b3f284',
		},
		body: (entries, texts) => ({
			job_id: JOB_ID,
			url: 'https://example.com/',
			status: 'completed',
			total_pages: 1,
			completed_pages: 1,
			failed_pages: 0,
			cancelled_pages: 0,
			created_at: TIME,
			completed_at: TIME,
			token_summary: { tokens_charged_total: 8, tokens_reserved: 17 },
			// One page, which is all that is asked for, with as much on it.
			results: [
				{
					url: 'https://example.com/',
					parent_url: null,
					depth: 1,
					status: 'completed',
					error_code: null,
					error_message: null,
					links: listOf(entries, (index) => address(index, texts)),
					data: {
						markdown: listOf(entries, (index) => paragraph(index, texts)).join('\n\n'),
						html: listOf(entries, (index) => element(index, texts)).join('\n'),
					},
				},
			],
		}),
	},
	midPilot: {
		reference: { sessionId: '550e8400-e29b-41d4-a716-446655440000', jobId: JOB_ID },
		credential: {
			baseUrl: 'http://localhost:8090',
			headerName: 'X-Api-Key',
			headerValue: 'mp-8f2Jk1Qz6Yw0Rt5Vb9Xn3Lc7',
		},
		body: (entries, texts) => ({
			jobId: JOB_ID,
			status: 'finished',
			createdAt: TIME,
			startedAt: TIME,
			updatedAt: TIME,
			progress: { stage: 'finished', completedIterations: 4, totalIterations: 4 },
			result: {
				finishReason: 'no-more-links',
				savedDocumentationsCount: entries,
				savedChunksCount: entries,
				savedDocumentations: listOf(entries, (index) => ({
					docId: hex(index, 32),
					chunks: [
						{
							chunkId: hex(index, 32),
							source: 'scraper',
							url: address(index, texts),
							summary: title(index, texts),
							content: paragraph(index, texts).repeat(3),
							'@metadata': { chunk_number: 1, length: 600 },
							createdAt: TIME,
							scrapeJobIds: [JOB_ID],
						},
					],
				})),
			},
		}),
	},
	pathors: {
		reference: { projectId: 'prj_81', knowledgeBaseId: 'kb_27', jobId: JOB_ID },
		credential: { developerKey: 'dk_5Zr8Wq1Xt4Vn7Jm2Lc9Kp6Hs3' },
		body: (entries) => ({
			jobs: [...listOf(entries, (index) => listedJob(hex(index, 32))), listedJob(JOB_ID)],
		}),
	},
};

/** The providers that have an answer here, by their ids. */
export const ANSWERING = Object.keys(SHAPES);

/** A provider's status answer of about so many bytes. */
export function statusAnswer(provider: string, bytes: number, texts: PageTexts): StatusAnswer {
	const shape = SHAPES[provider];
	if (shape === undefined) throw new Error(`There is no answer of ${provider}`);
	const encode = (entries: number) => Buffer.from(JSON.stringify(shape.body(entries, texts)));
	const sample = 100;
	const perEntry = (encode(2 * sample).length - encode(sample).length) / sample;
	const { reference, credential } = shape;
	return { body: encode(Math.ceil(bytes / perEntry)), reference, credential };
}

function listOf<Entry>(count: number, entry: (index: number) => Entry): Entry[] {
	return Array.from({ length: count }, (_none, index) => entry(index));
}

function record(texts: PageTexts) {
	return (index: number) => ({
		url: address(index, texts),
		id: hex(index, 24),
		title: title(index, texts),
	});
}

function failedRecord(texts: PageTexts) {
	return (index: number) => ({
		url: address(index, texts),
		id: hex(index, 24),
		error: {
			stack:
				'HttpException: Failed to fetch HTML content\n    at getHtml (/app/dist/apps/crawler/worker.js:2531:15)',
			response: 'Failed to fetch HTML content',
			status: 500,
			options: null,
			message: 'Failed to fetch HTML content',
			name: 'HttpException',
		},
	});
}

function listedJob(jobId: string) {
	return {
		jobId,
		mode: 'crawl',
		total: 120,
		done: 118,
		failed: 2,
		status: 'completed',
		startedAt: TIME,
		updatedAt: TIME,
	};
}

function address(index: number, texts: PageTexts): string {
	return texts === 'plain'
		? `https://example.com/documentation/guides/page-${index}`
		: `https://example.com/gu%C3%ADas/p%C3%A1gina%20${index}?from=a%2Fb&lang=es`;
}

function title(index: number, texts: PageTexts): string {
	return texts === 'plain'
		? `How to connect an application, part ${index}`
		: `“Cómo conectar” R&amp;D "${index}" — guías`;
}

function paragraph(index: number, texts: PageTexts): string {
	return `## ${title(index, texts)}\n\nSend the request that the [guide](${address(index, texts)}) describes, and wait for the answer.\n`;
}

function element(index: number, texts: PageTexts): string {
	return `<p class="text"><a href="${address(index, texts)}">${title(index, texts)}</a></p>`;
}

/** Hexadecimal digits that differ from index to index, as those of ids do. */
function hex(index: number, length: number): string {
	return (index + 1).toString(16).padStart(8, '7').repeat(8).slice(0, length);
}
