import { type ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitOf, signalGroup, spawnGuarded } from './childProcesses';
import type { N8nInstallation } from './installation';
import { logExcerpt } from './logFile';
import { freePort } from './ports';
import { HOST, n8nEnvironment, type N8nCommand } from './serverSettings';

const READY_TIMEOUT_MS = 180_000;
const READY_POLL_MS = 250;
const READY_REQUEST_MS = 5_000;
/** n8n lets running executions finish for 30 s; then it ends anyway. */
const STOP_TIMEOUT_MS = 40_000;

export interface N8nServerOptions {
	installation: N8nInstallation;
	/** Created when it is missing. A folder that was used before continues with its data. */
	userFolder: string;
	/** Default: start. */
	command?: N8nCommand;
	/** Further command line arguments, such as `--concurrency=5` for a worker. */
	args?: string[];
	/** Default: a free one. */
	port?: number;
	/** Added to the settings of {@link n8nEnvironment}, or instead of them. */
	env?: Record<string, string>;
}

/**
 * An n8n (or n8n worker) in a process of its own. It keeps its address and data when it is
 * stopped or killed and started again, and it never outlives this process.
 */
export class N8nServer {
	/** The editor's and API's address, without a slash at the end. */
	readonly url: string;
	/** What n8n prints, of all its starts. */
	readonly logFile: string;
	private process: ChildProcess | null = null;

	private constructor(
		private readonly options: N8nServerOptions,
		private readonly port: number,
		private readonly brokerPort: number,
	) {
		this.url = `http://${HOST}:${port}`;
		this.logFile = join(options.userFolder, `n8n-${this.command}.log`);
	}

	/**
	 * Starts n8n and waits until it is ready to be used.
	 * @throws Error with the end of the log when it ends by itself or is not ready in 3 minutes
	 */
	static async start(options: N8nServerOptions): Promise<N8nServer> {
		const port = options.port ?? (await freePort());
		const server = new N8nServer(options, port, await freePort());
		await server.start();
		return server;
	}

	/** Starts it again, on the same address and data, after {@link stop} or {@link kill}. */
	async start(): Promise<void> {
		if (this.process) throw new Error('n8n is running already');
		this.process = this.launch();
		try {
			await this.untilReady(this.process);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}

	/** Ends it as a service manager does: it may finish its work, for up to 40 seconds. */
	async stop(): Promise<void> {
		if (!this.process) return;
		this.process.kill('SIGTERM');
		await Promise.race([exitOf(this.process), sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
		await this.kill();
	}

	/** Ends it at once, as `kill -9` does. */
	async kill(): Promise<void> {
		if (!this.process) return;
		signalGroup(this.process, 'SIGKILL');
		await exitOf(this.process);
		this.process = null;
	}

	/** n8n keeps everything in `.n8n` below it. */
	get userFolder(): string {
		return this.options.userFolder;
	}

	private get command(): N8nCommand {
		return this.options.command ?? 'start';
	}

	private launch(): ChildProcess {
		const { installation, userFolder, args = [], env } = this.options;
		mkdirSync(userFolder, { recursive: true });
		const log = openSync(this.logFile, 'a');
		const { port, brokerPort } = this;
		const child = spawnGuarded(
			join(installation.nodeFolder, 'bin', 'node'),
			[installation.command, this.command, ...args],
			{
				cwd: userFolder,
				env: { ...n8nEnvironment({ installation, userFolder, port, brokerPort }), ...env },
				stdio: ['ignore', log, log],
			},
		);
		closeSync(log);
		child.once('error', (error) => appendFileSync(this.logFile, `${error.message}\n`));
		return child;
	}

	private async untilReady(child: ChildProcess): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (!(await this.isReady())) {
			if (child.exitCode !== null || child.signalCode !== null) this.fail('ended by itself');
			if (Date.now() > deadline) this.fail('is not ready after 3 minutes');
			await sleep(READY_POLL_MS);
		}
	}

	private async isReady(): Promise<boolean> {
		const signal = AbortSignal.timeout(READY_REQUEST_MS);
		try {
			return (await fetch(`${this.url}/healthz/readiness`, { signal })).ok;
		} catch {
			return false;
		}
	}

	private fail(problem: string): never {
		throw new Error(`n8n ${this.command} ${problem}.\n${logExcerpt(this.logFile)}`);
	}
}
