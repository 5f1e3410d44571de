import { logLines } from '../../n8nLog';

/**
 * For how long n8n has run each execution, in milliseconds, without the time in which it was parked; by
 * the ids of the executions (cli: `active-executions.js`).
 * @param log in JSON, of the level `debug`
 */
export function slotTimes(log: string): Map<string, number> {
	const addedAt = new Map<string, number>();
	const times = new Map<string, number>();
	for (const { message, metadata: { executionId = '', timestamp = '' } = {} } of logLines(log)) {
		const at = Date.parse(timestamp);
		if (message === 'Execution added') addedAt.set(executionId, at);
		if (message !== 'Execution finalized') continue;
		times.set(executionId, (times.get(executionId) ?? 0) + at - (addedAt.get(executionId) ?? at));
	}
	return times;
}
