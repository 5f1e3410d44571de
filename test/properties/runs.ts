/**
 * How many cases each property is tried with: enough to find what is common in `npm test`, and as
 * many as `npm run fuzz` says.
 */
export function runs(usual: number): { numRuns: number } {
	const asked = Number(process.env.CRAWL_JOBS_FUZZ_RUNS ?? 0);
	return { numRuns: asked > 0 ? asked : usual };
}
