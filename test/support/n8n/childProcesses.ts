import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { isNativeError } from 'node:util/types';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const running = new Set<ChildProcess>();
let isGuarding = false;

/**
 * Starts a process that does not outlive this one: however this process ends (except by
 * SIGKILL), the child and all that it started are killed.
 *
 * The child leads a process group of its own. A Ctrl-C therefore reaches this process alone,
 * which can then end its children in order.
 */
export function spawnGuarded(
	command: string,
	args: string[],
	options: SpawnOptions = {},
): ChildProcess {
	guardOnce();
	const child = spawn(command, args, { ...options, detached: true });
	running.add(child);
	child.once('close', () => {
		// What the child started and left behind, such as n8n's task runner after a kill -9.
		signalGroup(child, 'SIGKILL');
		running.delete(child);
	});
	return child;
}

/** Sends a signal to a child and to all that it started; does nothing when they are gone. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch (error) {
		if (!isNoSuchProcess(error)) throw error;
	}
}

/** Resolves when the process has ended; at once when it already has. */
export async function exitOf(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	// Unlike 'exit', 'close' also comes for a command that could not be started.
	await new Promise<void>((resolve) => child.once('close', () => resolve()));
}

/** Whether the error of `process.kill` says that there is no such process. */
export function isNoSuchProcess(error: unknown): boolean {
	return isNativeError(error) && 'code' in error && error.code === 'ESRCH';
}

function guardOnce(): void {
	if (isGuarding) return;
	isGuarding = true;
	process.on('exit', () => {
		for (const child of running) signalGroup(child, 'SIGKILL');
	});
	// Without a listener these signals end the process without its 'exit' event. A script that
	// listens itself wants to close things first, and then decides about the end.
	for (const signal of STOP_SIGNALS) {
		process.on(signal, () => {
			if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
		});
	}
}
