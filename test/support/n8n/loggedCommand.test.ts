import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLogged } from './loggedCommand';

describe('a logged command', () => {
	let cwd: string;
	let logFile: string;

	beforeEach(() => {
		cwd = mkdtempSync(join(tmpdir(), 'logged-command-'));
		logFile = join(cwd, 'command.log');
	});

	afterEach(() => rmSync(cwd, { recursive: true }));

	const run = (command: [string, ...string[]], advice?: string) =>
		runLogged({ command, cwd, env: process.env, logFile, advice });

	it('leaves what it printed in the log', async () => {
		await run(['echo', 'all is well']);
		expect(readFileSync(logFile, 'utf8')).toBe('\n$ echo all is well\nall is well\n');
	});

	it('ends its failure with the end of the log', async () => {
		const failing = run(['sh', '-c', 'echo disk full; exit 3']);
		await expect(failing).rejects.toThrow(/^"sh .*failed\.\nThe end of .*\n.*\n {2}disk full$/);
	});

	it('says with its failure what can be done', async () => {
		await expect(run(['false'], 'Make room.')).rejects.toThrow('Make room.');
	});

	it('fails when there is no such command', async () => {
		await expect(run(['no-such-command'])).rejects.toThrow('spawn no-such-command ENOENT');
	});
});
