import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { providers } from '../../nodes/providers';
import { checkStatus } from '../../nodes/shared/checkStatus';
import { readAnswer } from '../../nodes/shared/http/answer';
import type { BodyStream } from '../../nodes/shared/http/body';
import { CONTENT_MAX_BYTES } from '../../nodes/shared/http/limits';
import { redactor } from '../../nodes/shared/http/redact';
import type { StatusAnswer } from './statusAnswers';

/** As the pieces are that come out of a socket. */
const PIECE_BYTES = 64 * 1024;

/** Less is too little for a clock that counts microseconds, and for garbage to be collected. */
const MEASURED_BYTES = 5_000_000;
const FEWEST_CALLS = 3;

const RUNS = 5;

/** What a check of a crawl's status costs, from the bytes of the answer to the CrawlJob. */
export interface ReadCost {
	/** The CPU time for `JSON.parse` of the body, in milliseconds. */
	parseMs: number;
	/** What the check takes more than joining, decoding and parsing the bytes, in times of `parseMs`. */
	ratio: number;
}

/**
 * Medians of runs by turns, so that whatever else the machine does meets the check and what it is
 * compared with.
 */
export async function readCost(providerId: string, answer: StatusAnswer): Promise<ReadCost> {
	const check = checkOf(providerId, answer);
	const text = answer.body.toString();
	const parse = () => void JSON.parse(text);
	const readPlainly = async () => void JSON.parse(await joined(streamOf(answer.body)));
	const calls = Math.max(FEWEST_CALLS, Math.ceil(MEASURED_BYTES / answer.body.length));
	const parses: number[] = [];
	const ratios: number[] = [];
	// The first run only warms up.
	for (let run = 0; run <= RUNS; run++) {
		const parseMs = await cpuMs(calls, parse);
		const plainMs = await cpuMs(calls, readPlainly);
		const checkMs = await cpuMs(calls, check);
		if (run === 0) continue;
		parses.push(parseMs);
		ratios.push((checkMs - plainMs) / parseMs);
	}
	return { parseMs: median(parses), ratio: median(ratios) };
}

async function joined(stream: BodyStream): Promise<string> {
	const pieces: Uint8Array[] = [];
	for await (const piece of stream) pieces.push(piece);
	return Buffer.concat(pieces).toString();
}

function checkOf(
	providerId: string,
	{ body, reference, credential }: StatusAnswer,
): () => Promise<void> {
	const provider = providers.find(({ id }) => id === providerId);
	if (provider === undefined) throw new Error(`There is no provider ${providerId}`);
	const { secrets } = provider.readCredential(credential as ICredentialDataDecryptedObject);
	const withoutSecrets = redactor(secrets);
	const query = { provider, reference, readStatus: provider.readStatus };
	return async () => {
		const { job } = await checkStatus(query, async (request) => {
			const answer = { statusCode: 200, headers: {}, body: streamOf(body) };
			return await readAnswer(answer, {
				provider,
				request: { ...request, maxBytes: CONTENT_MAX_BYTES },
				url: '',
				redactor: withoutSecrets,
				signal: new AbortController().signal,
			});
		});
		if (job.status !== 'succeeded') throw new Error(`The crawl is ${job.status}`);
	};
}

function streamOf(body: Buffer): BodyStream {
	return {
		async *[Symbol.asyncIterator]() {
			for (let at = 0; at < body.length; at += PIECE_BYTES) {
				yield body.subarray(at, at + PIECE_BYTES);
			}
		},
		destroy: () => undefined,
	};
}

/** The CPU time of one of so many calls, in milliseconds. */
async function cpuMs(calls: number, work: () => void | Promise<void>): Promise<number> {
	globalThis.gc?.();
	const before = process.cpuUsage();
	for (let call = 0; call < calls; call++) await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000 / calls;
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
