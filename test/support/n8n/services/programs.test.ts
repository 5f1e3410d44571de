import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateProgram, MissingProgramError, versionedBinFolders } from './programs';

const program = 'program-of-the-tests';
const packages = { debian: 'debian-package', homebrew: 'homebrew-formula' };

describe('a program of the machine', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'programs-'));
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	const addProgram = (name: string, mode: number): string => {
		mkdirSync(join(folder, name));
		const file = join(folder, name, program);
		writeFileSync(file, '', { mode });
		return file;
	};

	it('is the one in the first folder that has it', () => {
		const first = addProgram('first', 0o755);
		addProgram('second', 0o755);
		const folders = ['missing', 'first', 'second'].map((name) => join(folder, name));
		expect(locateProgram({ program, folders, packages })).toBe(first);
	});

	it('has to be executable', () => {
		addProgram('text', 0o644);
		const locate = () => locateProgram({ program, folders: [join(folder, 'text')], packages });
		expect(locate).toThrow(MissingProgramError);
	});

	it('is said to be missing with the commands that install it', () => {
		expect(() => locateProgram({ program, folders: [], packages })).toThrow(
			'"program-of-the-tests" is neither in PATH nor where it is usually installed. ' +
				'Debian: apt-get install debian-package; macOS: brew install homebrew-formula.',
		);
	});

	it('is looked for in the highest version first', () => {
		for (const name of ['9.6', '15', '16', 'common']) mkdirSync(join(folder, name));
		const versions = ['16', '15', '9.6'].map((name) => join(folder, name, 'bin'));
		expect(versionedBinFolders(folder)).toEqual(versions);
	});

	it('has no other versions where there is no such folder', () => {
		expect(versionedBinFolders(join(folder, 'missing'))).toEqual([]);
	});
});
