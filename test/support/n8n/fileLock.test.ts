import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from './fileLock';

const NO_SUCH_PROCESS = '2147483646';

describe('a file lock', () => {
	let folder: string;
	let lockFile: string;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'file-lock-'));
		lockFile = join(folder, 'work.lock');
	});

	afterEach(() => rmSync(folder, { recursive: true }));

	it('lets one action run after the other', async () => {
		const events: string[] = [];
		const work = (name: string) => async () => {
			events.push(`${name} begins`);
			await Promise.resolve();
			events.push(`${name} ends`);
		};
		await Promise.all([
			withFileLock(lockFile, jest.fn(), work('first')),
			withFileLock(lockFile, jest.fn(), work('second')),
		]);
		expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
	});

	it('names the process that is waited for', async () => {
		const onWait = jest.fn();
		await Promise.all([
			withFileLock(lockFile, jest.fn(), async () => await Promise.resolve()),
			withFileLock(lockFile, onWait, async () => await Promise.resolve()),
		]);
		expect(onWait.mock.calls).toEqual([[process.pid]]);
	});

	it('is free when the process that held it is gone', async () => {
		writeFileSync(lockFile, NO_SUCH_PROCESS);
		await expect(withFileLock(lockFile, jest.fn(), async () => 'done')).resolves.toBe('done');
	});

	it('is free again after a failure', async () => {
		const failing = withFileLock(lockFile, jest.fn(), async () => {
			throw new Error('no space left');
		});
		await expect(failing).rejects.toThrow('no space left');
		expect(existsSync(lockFile)).toBe(false);
	});
});
