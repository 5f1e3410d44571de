/** A line of n8n's log with `N8N_LOG_FORMAT=json`. */
export interface LogLine {
	message: string;
	/** Has a `timestamp`, and what the message is about. */
	metadata?: Record<string, string>;
}

/** The lines of n8n's log, without what is no JSON. */
export function logLines(log: string): LogLine[] {
	return log.split('\n').flatMap((line) => {
		try {
			return [JSON.parse(line) as LogLine];
		} catch {
			return [];
		}
	});
}
