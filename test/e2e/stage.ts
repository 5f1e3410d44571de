import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCredentials } from '../support/n8n/simulatorCredentials';
import type { CredentialsByType } from '../support/n8n/exampleWorkflow';
import { N8nClient } from '../support/n8n/client';
import { ensureN8n } from '../support/n8n/install';
import { installPackage } from '../support/n8n/packageInstall';
import { freePort } from '../support/n8n/ports';
import { N8nServer, type N8nServerOptions } from '../support/n8n/server';
import { HOST } from '../support/n8n/serverSettings';
import { startPostgres } from '../support/n8n/services/postgres';
import { queueModeEnv } from '../support/n8n/services/queueMode';
import { startRedis } from '../support/n8n/services/redis';
import { startSimulator, type Simulator } from '../support/simulator';

/** The account that owns its n8n. */
export const OWNER = {
	email: 'tests@example.com',
	password: 'Crawl-jobs-tests-1',
	firstName: 'Test',
	lastName: 'Owner',
};

/** A real n8n with this package, and the simulated providers that its credentials lead to. */
export interface Stage {
	simulator: Simulator;
	n8n: N8nClient;
	credentials: CredentialsByType;
	main: N8nServer;
	/** Empty unless n8n runs in queue mode. */
	workers: N8nServer[];
	/** Where n8n says that its webhooks are, without a slash at the end. */
	webhookUrl: string;
	close(): Promise<void>;
}

export interface StageOptions {
	/** With workers, n8n runs in queue mode on Postgres and Redis; without, alone on SQLite. */
	workers: number;
	/** Lets another process than n8n itself take the calls to webhooks; only with workers. */
	hasWebhookProcess?: boolean;
	/** How many executions each worker runs at once. */
	concurrency?: number;
	/** Added to the settings of all processes. */
	env?: Record<string, string>;
	/** The tarballs of other packages to install beside this one. */
	packages?: string[];
}

/** Starts everything, on free loopback ports. */
export async function startStage(options: StageOptions): Promise<Stage> {
	const { workers: count, concurrency = 5, hasWebhookProcess = false } = options;
	const closers: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const closer of closers.reverse()) await closer();
	};
	const folder = (): string => {
		const path = mkdtempSync(join(tmpdir(), 'crawl-jobs-e2e-'));
		closers.push(async () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }));
		return path;
	};
	const server = async (settings: Partial<N8nServerOptions>): Promise<N8nServer> => {
		const userFolder = folder();
		for (const tarball of [packedProject(), ...(options.packages ?? [])]) {
			await installPackage(userFolder, tarball);
		}
		const installation = await ensureN8n();
		const started = await N8nServer.start({ installation, userFolder, ...settings });
		closers.push(async () => await started.kill());
		return started;
	};

	try {
		const simulator = await startSimulator();
		closers.push(async () => await simulator.close());
		const webhookPort = hasWebhookProcess ? await freePort() : null;
		const env = {
			...(webhookPort !== null && { WEBHOOK_URL: `http://${HOST}:${webhookPort}/` }),
			...(count > 0 && (await startServices(folder, closers))),
			...options.env,
		};
		const main = await server({ env });
		const workers: N8nServer[] = [];
		const args = [`--concurrency=${concurrency}`];
		for (let i = 0; i < count; i++) workers.push(await server({ command: 'worker', args, env }));
		let webhookUrl = main.url;
		if (webhookPort !== null) {
			webhookUrl = (await server({ command: 'webhook', env, port: webhookPort })).url;
		}

		const n8n = new N8nClient(main.url);
		await n8n.setUpOwner(OWNER);
		const credentials = await createCredentials(n8n, simulator);
		return { simulator, n8n, credentials, main, workers, webhookUrl, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function startServices(
	folder: () => string,
	closers: Array<() => Promise<void>>,
): Promise<Record<string, string>> {
	const postgres = await startPostgres(folder());
	closers.push(async () => await postgres.stop());
	const redis = await startRedis(folder());
	closers.push(async () => await redis.stop());
	return queueModeEnv(postgres, redis);
}

function packedProject(): string {
	const tarball = process.env.CRAWL_JOBS_TARBALL;
	if (tarball === undefined)
		throw new Error('Run these tests with npm run test:n8n or npm run test:browser');
	return tarball;
}
