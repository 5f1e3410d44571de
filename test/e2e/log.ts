const startedAt = Date.now();

/** Writes a line with the seconds since the test file began, past Jest's own report. */
export function log(text: string): void {
	const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
	process.stdout.write(`[${seconds} s] ${text}\n`);
}
