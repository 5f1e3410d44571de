/** A line of n8n's log with `N8N_LOG_FORMAT=json`. */
interface LogLine {
	message: string;
	metadata?: { executionId?: string; jobId?: string; timestamp?: string };
}

/** How long a queue mode worker has been occupied by executions, added up over its slots. */
export function occupiedSeconds(workerLog: string): number {
	const startedAt = new Map<string, number>();
	let occupiedMs = 0;
	for (const { message, metadata } of jsonLines(workerLog)) {
		const { jobId = '', timestamp = '' } = metadata ?? {};
		const at = Date.parse(timestamp);
		if (message.startsWith('Worker started execution')) startedAt.set(jobId, at);
		if (message.startsWith('Worker finished execution')) {
			occupiedMs += at - (startedAt.get(jobId) ?? at);
		}
	}
	return occupiedMs / 1_000;
}

function jsonLines(log: string): LogLine[] {
	return log.split('\n').flatMap((line) => {
		try {
			return [JSON.parse(line) as LogLine];
		} catch {
			return [];
		}
	});
}
