import type { ServerResponse } from 'node:http';

import { sleep } from './sleep';
import type { StandIn, StandInJob } from './standIn';

/** A question for a job, before it is answered. */
export interface Question {
	/** The present question is counted. */
	job: StandInJob;
	standIn: StandIn;
	response: ServerResponse;
}

/** What befalls a question. @returns whether it is done with it: else, it is answered as usual */
export type Fault = (question: Question) => boolean | Promise<boolean>;

/** The question that a fault befalls: by then, the job has been seen. */
const SECOND = 2;
const OUTAGE_MS = 20_000;
const RESTART_MS = 5_000;
const SLOW_MS = 40_000;
const PAUSE_S = 3;

/** The first time for a job, and then no more. */
function once(strike: (question: Question) => boolean | Promise<boolean>): () => Fault {
	return () => (question) => question.job.requests === SECOND && strike(question);
}

function answer(status: number, type: string, body: string, headers = {}): () => Fault {
	return once(({ response }) => {
		response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
		return true;
	});
}

function outage(): Fault {
	let endsAt: number | null = null;
	return ({ job, response }) => {
		if (job.requests < SECOND) return false;
		endsAt ??= Date.now() + OUTAGE_MS;
		if (Date.now() >= endsAt) return false;
		response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>Service Unavailable</h1>');
		return true;
	};
}

/**
 * Eight things that befall a service now and then, each by its name. None of them says anything about a
 * job: a wait is right about one when it gives the job's own end afterwards.
 */
export const FAULTS: Readonly<Record<string, () => Fault>> = {
	'503 for 20 s': outage,
	'connection cut': once(({ response }) => {
		response.socket?.destroy();
		return true;
	}),
	'connections refused for 5 s': once(({ standIn }) => {
		standIn.refuse(RESTART_MS);
		return true;
	}),
	'429, Retry-After: 3': answer(429, 'application/json', '{"message":"Too many requests"}', {
		'Retry-After': PAUSE_S,
	}),
	'404 of a gateway, once': answer(404, 'text/plain', '404 page not found'),
	'half of the JSON': answer(200, 'application/json', '{"status": "comple'),
	'a web page with 200': answer(200, 'text/html', '<!doctype html><h1>We will be back</h1>'),
	'an answer after 40 s': once(async () => {
		await sleep(SLOW_MS);
		return false;
	}),
};
