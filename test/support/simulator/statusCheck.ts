import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from './apiError';
import type { JobEntry } from './jobTable';
import type { FaultAction } from './jobScript';
import { ScriptedJob } from './scriptedJob';
import { credentials } from './settings';

const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', credentials.midPilot.headerName];
const HTML_PAGE =
	'<!doctype html><html><head><title>Just a moment</title></head><body>Please wait.</body></html>';

interface StatusRequest<Entry extends JobEntry> {
	/** The jobs asked for: one, or all that a list would hold. */
	entries: Entry[];
	request: FastifyRequest;
	reply: FastifyReply;
	/** Gives the body for those of the jobs that the provider knows at this check. */
	render: (known: Entry[]) => unknown;
}

interface Delivery {
	request: FastifyRequest;
	reply: FastifyReply;
	errorBody: (error: ApiError) => unknown;
	trueBody: () => unknown;
}

/**
 * Makes a provider's way to answer status checks: it counts the check at every job asked for and
 * answers with the body, or with the fault that a script has put in its place.
 */
export function createStatusCheck(errorBody: (error: ApiError) => unknown) {
	return async function answerStatus<Entry extends JobEntry>({
		entries,
		request,
		reply,
		render,
	}: StatusRequest<Entry>): Promise<unknown> {
		const checks = entries.map((entry) => ({ entry, fault: nextFault(entry) }));
		const known = checks
			.filter(({ entry, fault }) => entry.job.lookUp() && fault?.kind !== 'notFound')
			.map(({ entry }) => entry);
		const fault = checks.map((check) => check.fault).find(replacesAnswer);
		const trueBody = () => render(known);
		return fault ? await deliver(fault, { request, reply, errorBody, trueBody }) : trueBody();
	};
}

function nextFault({ job }: JobEntry): FaultAction | null {
	return job instanceof ScriptedJob ? job.nextFault() : null;
}

type AnswerFault = Exclude<FaultAction, { kind: 'notFound' }>;

function replacesAnswer(fault: FaultAction | null): fault is AnswerFault {
	return fault !== null && fault.kind !== 'notFound';
}

async function deliver(fault: AnswerFault, delivery: Delivery): Promise<unknown> {
	const { request, reply, errorBody, trueBody } = delivery;
	switch (fault.kind) {
		case 'http': {
			const body = fault.body === undefined ? errorBody(new ApiError(fault.status)) : fault.body;
			return sendBody(reply.code(fault.status).headers(fault.headers ?? {}), body);
		}
		case 'html':
			return reply.type('text/html').send(HTML_PAGE);
		case 'cutBody':
			return reply.type('application/json').send(firstHalf(JSON.stringify(trueBody())));
		case 'cutConnection':
			return cutConnection(reply, JSON.stringify(trueBody()));
		case 'reset':
			reply.hijack();
			request.raw.socket.resetAndDestroy();
			return reply;
		case 'hang':
			return reply.hijack();
		case 'echoCredential':
			return reply
				.code(fault.status)
				.send(errorBody(new ApiError(fault.status, `Rejected: ${sentCredentials(request)}`)));
		case 'emptyBody':
			return reply.type('application/json').send('');
		case 'slow':
			await sleep(fault.delayMs, undefined, { ref: false });
			return trueBody();
	}
}

function sendBody(reply: FastifyReply, body: unknown): FastifyReply {
	return typeof body === 'string'
		? reply.send(body)
		: reply.type('application/json').send(JSON.stringify(body));
}

function firstHalf(text: string): string {
	return text.slice(0, Math.floor(text.length / 2));
}

function cutConnection(reply: FastifyReply, body: string): FastifyReply {
	reply.hijack();
	reply.raw.writeHead(200, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
	});
	reply.raw.write(firstHalf(body), () => reply.raw.destroy());
	return reply;
}

function sentCredentials({ headers }: FastifyRequest): string {
	return CREDENTIAL_HEADERS.flatMap((name) => headers[name.toLowerCase()] ?? []).join(', ');
}
