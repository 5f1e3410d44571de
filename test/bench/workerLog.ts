import { logLines } from './n8nLog';

/** How long a queue mode worker has been occupied by executions, added up over its slots. */
export function occupiedSeconds(workerLog: string): number {
	const startedAt = new Map<string, number>();
	let occupiedMs = 0;
	for (const { message, metadata: { jobId = '', timestamp = '' } = {} } of logLines(workerLog)) {
		const at = Date.parse(timestamp);
		if (message.startsWith('Worker started execution')) startedAt.set(jobId, at);
		if (message.startsWith('Worker finished execution')) {
			occupiedMs += at - (startedAt.get(jobId) ?? at);
		}
	}
	return occupiedMs / 1_000;
}
