import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import type { JobNow, StandInApi } from './api';
import type { Certificate } from './certificate';
import type { Fault } from './faults';
import { sleep } from './sleep';

const HOST = '127.0.0.1';
/** How long an answer takes; the server looks at the job half-way through it. */
const ANSWER_MS = 100;
const FIRST_ID = 1_001;

/** A job of a stand-in. Times are milliseconds since the epoch. */
export interface StandInJob {
	id: string;
	lengthMs: number;
	/** When it was started or, if nobody starts it, asked for the first time; `null` until then. */
	startedAt: number | null;
	/** How many times it was asked for. */
	requests: number;
	/** When its end was first told; `null` until then. */
	toldAt: number | null;
}

export interface StandInOptions {
	api: StandInApi;
	/** The lengths of the jobs in the order of their starts, in milliseconds. */
	lengths: readonly number[];
	/** What befalls the questions for a job. */
	fault?: Fault;
	/** Answers over TLS. */
	certificate?: Certificate;
}

/** An API on the loopback address whose jobs take a given time. */
export class StandIn {
	/** How many answers of all stand-ins wait for their time. */
	static held = 0;

	readonly jobs: readonly StandInJob[];

	private readonly server: Server;

	private readonly tasks = new Set<Promise<void>>();

	private startedJobs = 0;

	private constructor(private readonly options: StandInOptions) {
		this.jobs = options.lengths.map((lengthMs, index) => ({
			id: String(FIRST_ID + index),
			lengthMs,
			startedAt: null,
			requests: 0,
			toldAt: null,
		}));
		const { certificate } = options;
		const handle = (request: IncomingMessage, response: ServerResponse) =>
			this.track(
				this.handle(request, response).catch((error: unknown) => {
					console.error(error);
					response.destroy();
				}),
			);
		this.server = certificate ? createTlsServer(certificate, handle) : createServer(handle);
		// A simulated clock may only go on when nobody talks any more.
		this.server.maxRequestsPerSocket = 1;
	}

	static async start(options: StandInOptions): Promise<StandIn> {
		const standIn = new StandIn(options);
		await standIn.listen(0);
		return standIn;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get baseUrl(): string {
		return `${this.options.certificate ? 'https' : 'http'}://${HOST}:${this.port}`;
	}

	/** All questions for jobs so far. */
	get requests(): number {
		return this.jobs.reduce((sum, { requests }) => sum + requests, 0);
	}

	/** Takes no connections for a while, as a service that is started anew. */
	refuse(ms: number): void {
		const { port } = this;
		this.server.close();
		this.server.closeAllConnections();
		this.track(sleep(ms).then(async () => await this.listen(port)));
	}

	async close(): Promise<void> {
		await Promise.all(this.tasks);
		this.server.close();
		this.server.closeAllConnections();
	}

	private async listen(port: number): Promise<void> {
		this.server.listen(port, HOST);
		await once(this.server, 'listening');
	}

	private track(task: Promise<void>): void {
		const settled = task.finally(() => this.tasks.delete(settled));
		this.tasks.add(settled);
	}

	private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		// No body says anything that the bench goes by.
		request.resume();
		const { api, fault } = this.options;
		const url = new URL(request.url ?? '/', 'http://stand-in');
		const { pathname: path, searchParams: query } = url;
		const call = api.read({ method: request.method ?? 'GET', path, query });
		if (call === null) return send(response, { message: 'Not found' }, 404);
		if (call.kind === 'start') return send(response, api.started(this.startNext().id));

		const job = this.jobs.find(({ id }) => id === call.jobId);
		if (job === undefined) return send(response, { message: 'There is no such job' }, 404);
		const startedAt = (job.startedAt ??= Date.now());
		job.requests++;
		if (fault !== undefined && (await fault({ job, standIn: this, response }))) return;
		await hold(ANSWER_MS / 2);
		const leftMs = startedAt + job.lengthMs - Date.now();
		if (call.holdMs !== undefined) await hold(Math.max(0, Math.min(leftMs, call.holdMs)));
		const now = lookAt(job, startedAt);
		if (now.isDone) job.toldAt ??= Date.now();
		await hold(ANSWER_MS / 2);
		send(response, api.status(now));
	}

	private startNext(): StandInJob {
		const job = this.jobs[this.startedJobs++];
		if (job === undefined) throw new Error('More jobs were started than there are');
		job.startedAt = Date.now();
		return job;
	}
}

async function hold(ms: number): Promise<void> {
	StandIn.held++;
	await sleep(ms);
	StandIn.held--;
}

function lookAt({ id, lengthMs }: StandInJob, startedAt: number): JobNow {
	const share = Math.min(1, (Date.now() - startedAt) / lengthMs);
	return { id, isDone: share === 1, share };
}

function send(response: ServerResponse, answer: object, status = 200): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.end(JSON.stringify(answer));
}
