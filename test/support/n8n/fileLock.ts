import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { isNoSuchProcess } from './childProcesses';

const RETRY_MS = 1_000;

/**
 * Runs an action while this process alone holds the lock. Waits as long as another living
 * process holds it; the lock of a process that is gone counts as free.
 * @param onWait called once, with the holder's process id, when there is a wait
 */
export async function withFileLock<Result>(
	lockFile: string,
	onWait: (holder: number) => void,
	action: () => Promise<Result>,
): Promise<Result> {
	let hasWaited = false;
	while (!tryToLock(lockFile)) {
		const holder = holderOf(lockFile);
		if (holder === null) {
			rmSync(lockFile, { force: true });
			continue;
		}
		if (!hasWaited) onWait(holder);
		hasWaited = true;
		await sleep(RETRY_MS);
	}
	try {
		return await action();
	} finally {
		rmSync(lockFile, { force: true });
	}
}

function tryToLock(lockFile: string): boolean {
	try {
		writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (isNativeError(error) && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	}
}

/** The process that holds the lock; null when it no longer runs or has just let go. */
function holderOf(lockFile: string): number | null {
	if (!existsSync(lockFile)) return null;
	const holder = Number(readFileSync(lockFile, 'utf8'));
	return isRunning(holder) ? holder : null;
}

function isRunning(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return !isNoSuchProcess(error);
	}
}
