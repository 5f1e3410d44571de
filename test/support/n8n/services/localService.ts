import type { ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitOf, signalGroup, spawnGuarded } from '../childProcesses';
import { logExcerpt } from '../logFile';
import type { SystemUser } from './systemUser';

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 100;
const STOP_TIMEOUT_MS = 10_000;

/** A program to run for the tests. */
export interface ServiceCommand {
	/** The absolute path of the program and its arguments. */
	command: [string, ...string[]];
	/** The folder that relative paths among the arguments start from. */
	cwd: string;
	/** Who it runs as; null for the user of this process. */
	user: SystemUser | null;
	/** All that it prints is appended to this file. */
	logFile: string;
}

/** A server that listens on the loopback address. */
export interface LocalService {
	host: string;
	port: number;
	/** What the server prints. */
	logFile: string;
	/** Ends the server, by force after 10 seconds. Does nothing when it has ended. */
	stop(): Promise<void>;
}

/**
 * Runs a program to its end.
 * @throws Error with the advice and the end of the log, unless it exits with 0
 */
export async function runToEnd(options: ServiceCommand, advice: string): Promise<void> {
	const child = launch(options);
	await exitOf(child);
	if (child.exitCode === 0) return;
	fail(options, `failed. ${advice}`);
}

/**
 * Starts a server and waits until it is ready.
 * @returns what ends it, by force after 10 seconds
 * @throws Error with the end of the log when it ends by itself or is not ready in a minute
 */
export async function startServer(
	options: ServiceCommand,
	isReady: () => Promise<boolean>,
	stopSignal: NodeJS.Signals,
): Promise<LocalService['stop']> {
	const child = launch(options);
	try {
		await untilReady(child, options, isReady);
	} catch (error) {
		await end(child, 'SIGKILL');
		throw error;
	}
	return async () => await end(child, stopSignal);
}

function launch({ command, cwd, user, logFile }: ServiceCommand): ChildProcess {
	const [program, ...args] = command;
	const log = openSync(logFile, 'a');
	const child = spawnGuarded(program, args, {
		cwd,
		// The settings of this machine's own servers, such as PGDATA, have no say.
		env: { PATH: process.env.PATH, LC_ALL: 'C' },
		...(user && { uid: user.uid, gid: user.gid }),
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	child.once('error', (error) => appendFileSync(logFile, `${error.message}\n`));
	return child;
}

async function untilReady(
	child: ChildProcess,
	options: ServiceCommand,
	isReady: () => Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!(await isReady())) {
		if (child.exitCode !== null || child.signalCode !== null) fail(options, 'ended by itself.');
		if (Date.now() > deadline) fail(options, 'is not ready after a minute.');
		await sleep(READY_POLL_MS);
	}
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
	child.kill(signal);
	await exitOf(child);
	clearTimeout(force);
}

function fail({ command: [program], logFile }: ServiceCommand, problem: string): never {
	throw new Error(`${program} ${problem}\n${logExcerpt(logFile)}`);
}
