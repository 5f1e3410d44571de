import { cpSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runLogged, type LoggedCommand } from '../../test/support/n8n/loggedCommand';

const PROJECT_FOLDER = resolve(__dirname, '..', '..');
const SOURCE_FOLDERS = ['nodes', 'credentials'];
const LOOK_MS = 500;

export interface Rebuilding {
	/** Where n8n loads the package from. */
	packageFolder: string;
	/** What the builds print is appended to it. */
	logFile: string;
}

/**
 * Builds the package after every change of its sources and copies it to where it is installed. What
 * is wrong with the sources is printed, and the nodes stay as they were. Types are not checked.
 * @param signal ends it
 */
export async function rebuildOnChange(rebuilding: Rebuilding, signal: AbortSignal): Promise<void> {
	let built = stateOfSources();
	for (;;) {
		await sleep(LOOK_MS);
		if (signal.aborted) return;
		const state = stateOfSources();
		if (state === built) continue;
		built = state;
		await rebuild(rebuilding);
	}
}

/**
 * A text that changes with the sources. Looking at all of them takes a few milliseconds, and unlike
 * the system's notifications it misses no file that an editor replaces.
 */
function stateOfSources(): string {
	try {
		return SOURCE_FOLDERS.flatMap(filesWithTimes).join('\n');
	} catch {
		// A folder went away meanwhile, as when branches are switched.
		return '';
	}
}

function filesWithTimes(folder: string): string[] {
	const path = join(PROJECT_FOLDER, folder);
	return readdirSync(path, { recursive: true, encoding: 'utf8' }).map(
		(file) => `${folder}/${file} ${statSync(join(path, file)).mtimeMs}`,
	);
}

async function rebuild({ packageFolder, logFile }: Rebuilding): Promise<void> {
	const started = Date.now();
	try {
		await run(['node', 'scripts/build.mjs'], logFile);
		await run(['gulp', 'build:icons'], logFile);
		// n8n watches this folder.
		cpSync(join(PROJECT_FOLDER, 'dist'), join(packageFolder, 'dist'), { recursive: true });
		report(`built in ${Date.now() - started} ms`);
	} catch (error) {
		report(error instanceof Error ? error.message : String(error));
	}
}

async function run(command: LoggedCommand['command'], logFile: string): Promise<void> {
	await runLogged({ command, cwd: PROJECT_FOLDER, env: process.env, logFile });
}

function report(text: string): void {
	console.log(`${new Date().toLocaleTimeString()} ${text}`);
}
