import { appendFileSync, closeSync, openSync } from 'node:fs';
import { exitOf, spawnGuarded } from './childProcesses';
import { logExcerpt } from './logFile';

export interface LoggedCommand {
	/** The program and its arguments. */
	command: [string, ...string[]];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** The command line and all that the command prints are appended to this file. */
	logFile: string;
	/** What a person can do when the command fails. */
	advice?: string | undefined;
}

/**
 * Runs a command to its end.
 * @throws Error with the command, the advice and the end of the log, unless it exits with 0
 */
export async function runLogged(options: LoggedCommand): Promise<void> {
	const { command, cwd, env, logFile, advice } = options;
	const [program, ...args] = command;
	appendFileSync(logFile, `\n$ ${command.join(' ')}\n`);
	const log = openSync(logFile, 'a');
	try {
		const child = spawnGuarded(program, args, { cwd, env, stdio: ['ignore', log, log] });
		child.once('error', (error) => appendFileSync(logFile, `${error.message}\n`));
		await exitOf(child);
		if (child.exitCode === 0) return;
	} finally {
		closeSync(log);
	}
	const lines = [`"${command.join(' ')}" failed.`, advice, logExcerpt(logFile)];
	throw new Error(lines.filter(Boolean).join('\n'));
}
