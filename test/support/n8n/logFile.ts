import { existsSync, readFileSync } from 'node:fs';

const TAIL_LINES = 20;

/** The last lines of a log with its path, ready to be the second half of an error message. */
export function logExcerpt(logFile: string): string {
	const text = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
	const lines = text.trim().split('\n').slice(-TAIL_LINES);
	return `The end of ${logFile}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
