import { setTimeout as sleep } from 'node:timers/promises';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	ITaskData,
} from 'n8n-workflow';
import {
	hasEnded,
	parseExecutionData,
	type Execution,
	type ExecutionStatus,
	type ExecutionSummary,
} from './execution';

const POLL_MS = 250;
const PUBLISH_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 10_000;
const PARK_TIMEOUT_MS = 30_000;
const EXECUTION_PAGE = 100;
/** On a machine that is very busy, n8n refuses a question now and then. */
const BUSY = 503;
const BUSY_PAUSE_MS = 1_000;
const BUSY_PATIENCE_MS = 10_000;

/** The account that owns an n8n; the password needs 8 characters, a capital and a digit. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A workflow as the editor exports it. */
export interface WorkflowDefinition {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: Record<string, unknown>;
}

/** A workflow that n8n has saved. */
export interface SavedWorkflow {
	id: string;
	name: string;
	versionId: string;
}

/** Which executions to list; without a field, those with any value of it. */
export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
}

/** n8n refused a request. */
export class N8nApiError extends Error {
	constructor(
		request: string,
		/** The HTTP status. */
		readonly status: number,
		answer: string,
	) {
		super(`${request} answered ${status}: ${answer}`);
	}
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ errorMessage: string | null }>;
}

const UNSETTLED: ReadonlyArray<PublicationStatus['status']> = ['in_progress', 'not_published'];

/** Drives an n8n over the API that its editor uses. Every method throws {@link N8nApiError}. */
export class N8nClient {
	private cookie = '';

	/** @param baseUrl the editor's address, without a slash at the end */
	constructor(private readonly baseUrl: string) {}

	/** Creates the owner of a new n8n and logs in as that person. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.post('/rest/owner/setup', owner);
	}

	async login({ email, password }: Owner): Promise<void> {
		await this.post('/rest/login', { emailOrLdapLoginId: email, password });
	}

	async createCredential(
		name: string,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<{ id: string; name: string }> {
		return await this.post('/rest/credentials', { name, type, data });
	}

	/** Tests a credential that is not saved, as the editor does before it saves one. */
	async testCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.post('/rest/credentials/test', {
			credentials: { id: '', name: type, type, data },
		});
	}

	async createWorkflow(definition: WorkflowDefinition): Promise<SavedWorkflow> {
		return await this.post('/rest/workflows', { settings: {}, ...definition });
	}

	/**
	 * Publishes a workflow and waits until its triggers listen. Not published is no result: n8n reads
	 * what it publishes and what is published side by side, and can find neither while it does so
	 * (n8n/dist/workflows/publication/workflow-publication-status.service.js).
	 */
	async activateWorkflow({ id, name, versionId }: SavedWorkflow): Promise<void> {
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
		const publication = await poll(PUBLISH_TIMEOUT_MS, `"${name}" to be published`, async () => {
			const path = `/rest/workflows/${id}/publication-status`;
			const current = await this.request<PublicationStatus>('GET', path);
			return UNSETTLED.includes(current.status) ? undefined : current;
		});
		if (publication.status === 'published') return;
		const problems = publication.triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`"${name}" is ${publication.status}: ${problems.join('; ')}`);
	}

	/** Takes a workflow back; its triggers end a moment later. */
	async deactivateWorkflow({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.post(`/rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Calls the production webhook of an active workflow.
	 * @param path of the webhook, without a slash at the start
	 * @returns the body of the answer: JSON as an object, else the text
	 */
	async triggerWebhook(path: string, body: unknown): Promise<unknown> {
		return await this.send('POST', `/webhook/${path}`, body);
	}

	/**
	 * Calls the production webhook of an active workflow and finds the execution it starts. Nothing
	 * else may start the workflow meanwhile.
	 * @returns the execution's id
	 */
	async startByWebhook(workflowId: string, path: string, body: unknown): Promise<string> {
		const known = new Set((await this.listExecutions({ workflowId })).map(({ id }) => id));
		await this.triggerWebhook(path, body);
		const started = await poll(START_TIMEOUT_MS, `an execution of /webhook/${path}`, async () =>
			(await this.listExecutions({ workflowId })).find(({ id }) => !known.has(id)),
		);
		return started.id;
	}

	/**
	 * Waits until something has started a workflow.
	 * @returns the id of its latest execution
	 */
	async untilStarted(workflowId: string, timeoutMs: number): Promise<string> {
		return await poll(timeoutMs, `an execution of workflow ${workflowId}`, async () => {
			const [latest] = await this.listExecutions({ workflowId });
			return latest?.id;
		});
	}

	/**
	 * Runs a saved workflow as the editor's button does.
	 * @param trigger the node to start from
	 * @param json what comes from outside, such as a message in the editor's chat; a trigger that
	 * needs nothing runs itself
	 * @returns the execution's id
	 */
	async runByHand(workflowId: string, trigger: string, json?: IDataObject): Promise<string> {
		const workflowData = await this.request<object>('GET', `/rest/workflows/${workflowId}`);
		const { executionId } = await this.post<{ executionId: string }>(
			`/rest/workflows/${workflowId}/run`,
			{
				workflowData,
				triggerToStartFrom: { name: trigger, ...(json && { data: taskData(json) }) },
			},
		);
		return executionId;
	}

	/** The latest 100 executions that match, the newest first. */
	async listExecutions(filter: ExecutionFilter): Promise<ExecutionSummary[]> {
		const query = encodeURIComponent(JSON.stringify(filter));
		const path = `/rest/executions?limit=${EXECUTION_PAGE}&filter=${query}`;
		const { results } = await this.request<{ results: ExecutionSummary[] }>('GET', path);
		return results;
	}

	async getExecution(id: string): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		const stored = await this.request<Omit<Execution, 'data'> & { data: string }>('GET', path);
		return { ...stored, data: parseExecutionData(stored.data) };
	}

	/** @throws Error when the execution has not ended in that time */
	async waitForExecution(id: string, timeoutMs: number): Promise<Execution> {
		return await poll(timeoutMs, `execution ${id} to end`, async () => {
			const execution = await this.getExecution(id);
			return hasEnded(execution) ? execution : undefined;
		});
	}

	/** @throws Error when the execution has not parked in that time, by default 30 seconds */
	async untilParked(id: string, timeoutMs = PARK_TIMEOUT_MS): Promise<void> {
		await poll(timeoutMs, `execution ${id} to park`, async () =>
			(await this.getExecution(id)).status === 'waiting' ? true : undefined,
		);
	}

	async stopExecution(id: string): Promise<void> {
		await this.post(`/rest/executions/${id}/stop`, {});
	}

	/** Deletes executions in the list, as the editor does. */
	async deleteExecutions(ids: string[]): Promise<void> {
		await this.send('POST', '/rest/executions/delete', { ids });
	}

	private async post<Data>(path: string, body: object): Promise<Data> {
		return await this.request<Data>('POST', path, body);
	}

	/** For `/rest` addresses, which wrap their answer in `data`. */
	private async request<Data>(method: string, path: string, body?: object): Promise<Data> {
		return ((await this.send(method, path, body)) as { data: Data }).data;
	}

	private async send(
		method: string,
		path: string,
		body?: unknown,
		patienceMs = BUSY_PATIENCE_MS,
	): Promise<unknown> {
		const response = await fetch(`${this.baseUrl}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n binds a session to the browser that opened it, and asks for its id every time.
				'browser-id': 'n8n-nodes-crawl-jobs',
				cookie: this.cookie,
				// A kept connection can be closed by n8n in the moment in which it is used again.
				connection: 'close',
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (response.status === BUSY && method === 'GET' && patienceMs > 0) {
			await sleep(BUSY_PAUSE_MS);
			return await this.send(method, path, body, patienceMs - BUSY_PAUSE_MS);
		}
		if (!response.ok) throw new N8nApiError(`${method} ${path}`, response.status, text);
		this.keepCookie(response);
		return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
	}

	private keepCookie(response: Response): void {
		const session = response.headers
			.getSetCookie()
			.find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';', 1)[0] ?? '';
	}
}

/** What a node that has run with one item leaves in an execution. */
function taskData(json: IDataObject): ITaskData {
	return {
		startTime: 0,
		executionTime: 0,
		executionIndex: 0,
		executionStatus: 'success',
		data: { main: [[{ json }]] },
		source: [null],
	};
}

async function poll<Value>(
	timeoutMs: number,
	awaited: string,
	look: () => Promise<Value | undefined>,
): Promise<Value> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const value = await look();
		if (value !== undefined) return value;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${awaited}`);
		await sleep(POLL_MS);
	}
}
