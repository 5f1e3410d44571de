import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the tests need and the machine has to bring. */
export interface RequiredProgram {
	/** The file's name, such as "redis-server". */
	program: string;
	/** Where it may be beyond `PATH`, the best folder first. */
	folders: string[];
	/** The package that brings it. */
	packages: { debian: string; homebrew: string };
}

/** The machine lacks a program. The message says how to install it. */
export class MissingProgramError extends Error {
	constructor({ program, packages }: RequiredProgram) {
		super(
			`"${program}" is neither in PATH nor where it is usually installed. ` +
				`Debian: apt-get install ${packages.debian}; macOS: brew install ${packages.homebrew}.`,
		);
	}
}

/**
 * The path of a program of this machine.
 * @throws MissingProgramError
 */
export function locateProgram(required: RequiredProgram): string {
	const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const found = [...path, ...required.folders]
		.map((folder) => join(folder, required.program))
		.find(isExecutable);
	if (!found) throw new MissingProgramError(required);
	return found;
}

/**
 * The `bin` folders of a program that is installed in several versions side by side, such as
 * `/usr/lib/postgresql/15/bin`, the highest version first.
 * @param prefix of the version in the folder's name, such as "postgresql@"
 */
export function versionedBinFolders(parent: string, prefix = ''): string[] {
	if (!existsSync(parent)) return [];
	return readdirSync(parent)
		.filter((name) => name.startsWith(prefix) && /^\d+(\.\d+)*$/.test(name.slice(prefix.length)))
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.map((name) => join(parent, name, 'bin'));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
