import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode, INodeCredentials } from 'n8n-workflow';

import { N8nClient, type WorkflowDefinition } from '../../../support/n8n/client';
import { ensureN8n } from '../../../support/n8n/install';
import { installPackage, packProject } from '../../../support/n8n/packageInstall';
import { N8nServer } from '../../../support/n8n/server';
import { certificateFor } from '../certificate';
import type { Peer } from '../peer';
import { StandIn } from '../standIn';

const OWNER = {
	email: 'bench@example.com',
	password: 'Crawl-jobs-bench-1',
	firstName: 'Bench',
	lastName: 'Owner',
};

/** The prefix of the nodes that come with n8n. */
const N8N_NODES = 'n8n-nodes-base.';

/** A job that a workflow of its own waits for. */
export interface WaitedJob {
	workflowId: string;
	/** Of the webhook that starts the workflow. */
	path: string;
}

/** An n8n with the nodes of all peers, as it is installed, in a process of its own. */
export class N8nOfPeers {
	private constructor(
		private readonly server: N8nServer,
		private readonly client: N8nClient,
		private readonly standIns: ReadonlyMap<Peer, StandIn>,
		private readonly folder: string,
	) {}

	/** @param lengths of the jobs of each peer, in milliseconds, in the order of their starts */
	static async start(peers: readonly Peer[], lengths: readonly number[]): Promise<N8nOfPeers> {
		const folder = mkdtempSync(join(tmpdir(), 'crawl-jobs-bench-'));
		const userFolder = join(folder, 'n8n');
		for (const source of [await packProject(join(folder, 'packed')), ...packagesOf(peers)]) {
			await installPackage(userFolder, source);
		}
		const standIns = new Map<Peer, StandIn>();
		const env = { N8N_LOG_FORMAT: 'json', N8N_LOG_LEVEL: 'debug' };
		for (const peer of peers) {
			const { api, fixedHost } = peer;
			const certificate = fixedHost && (await certificateFor(fixedHost));
			const standIn = await StandIn.start({ api, lengths, ...(certificate && { certificate }) });
			standIns.set(peer, standIn);
			if (!certificate) continue;
			const file = join(folder, 'certificate.pem');
			writeFileSync(file, certificate.cert);
			Object.assign(env, {
				NODE_OPTIONS: `--require ${join(__dirname, 'redirectHost.cjs')}`,
				BENCH_HOST: fixedHost,
				BENCH_PORT: String(standIn.port),
				BENCH_CERTIFICATE: file,
			});
		}
		const server = await N8nServer.start({ installation: await ensureN8n(), userFolder, env });
		const client = new N8nClient(server.url);
		await client.setUpOwner(OWNER);
		return new N8nOfPeers(server, client, standIns, folder);
	}

	/** Creates a workflow for each of a peer's jobs. */
	async createWorkflows(peer: Peer): Promise<WaitedJob[]> {
		const standIn = this.standIns.get(peer);
		if (standIn === undefined) throw new Error(`Nothing stands in for ${peer.name}`);
		const { credentials: values } = peer.waitFor(standIn.baseUrl, []);
		const credentials: INodeCredentials = {};
		for (const [type, data] of Object.entries(values)) {
			credentials[type] = await this.client.createCredential(`${peer.name} ${type}`, type, data);
		}
		const jobs: WaitedJob[] = [];
		for (const { id } of standIn.jobs) {
			const path = `${peer.id}-${id}`;
			const definition = workflowOf(peer, {
				baseUrl: standIn.baseUrl,
				jobId: id,
				path,
				credentials,
			});
			const workflow = await this.client.createWorkflow(definition);
			await this.client.activateWorkflow(workflow);
			jobs.push({ workflowId: workflow.id, path });
		}
		return jobs;
	}

	async begin({ path }: WaitedJob): Promise<void> {
		await this.client.triggerWebhook(path, {});
	}

	/** Ends n8n at once, as `kill -9` does, and starts it again. */
	async killAndRestart(): Promise<void> {
		await this.server.kill();
		await this.server.start();
	}

	/** All executions of a workflow, the user's own first. */
	async executionsOf({ workflowId }: WaitedJob) {
		return (await this.client.listExecutions({ workflowId })).reverse();
	}

	/** All that n8n has printed so far. */
	get log(): string {
		return readFileSync(this.server.logFile, 'utf8');
	}

	async close(): Promise<void> {
		await this.server.kill();
		for (const standIn of this.standIns.values()) await standIn.close();
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

/** The folders of the packages that do not come with n8n, but for this one. */
function packagesOf(peers: readonly Peer[]): Set<string> {
	const nodes = peers.flatMap((peer) => peer.nodes);
	const others = nodes.filter(({ type }) => !type.startsWith(N8N_NODES));
	return new Set(others.map(({ source }) => source.packageFolder));
}

function workflowOf(
	peer: Peer,
	{
		baseUrl,
		jobId,
		path,
		credentials,
	}: { baseUrl: string; jobId: string; path: string; credentials: INodeCredentials },
): WorkflowDefinition {
	const part = peer.waitFor(baseUrl, [jobId]);
	const nodes = [
		{
			name: 'Call',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path },
		},
		{
			name: 'Start',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(part.items[0]) },
		},
		...part.nodes,
	];
	return {
		name: path,
		nodes: nodes.map(
			(node, index): INode => ({
				typeVersion: 1,
				parameters: {},
				...node,
				id: node.name,
				position: [index * 200, 0],
				...(index === 0 && { webhookId: path }),
				...(index > 1 && { credentials }),
			}),
		),
		connections: {
			Call: { main: [[{ node: 'Start', type: 'main', index: 0 }]] },
			...part.connections,
		},
		settings: { executionOrder: 'v1' },
	};
}
