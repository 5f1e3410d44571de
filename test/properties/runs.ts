/**
 * With which cases a property is tried: in `npm test` with the same few each time, so that it fails
 * for a change and not by chance; with `npm run fuzz` with others each time, as many as it says.
 */
export function runs(usual: number): { numRuns: number; seed?: number } {
	const asked = Number(process.env.CRAWL_JOBS_FUZZ_RUNS ?? 0);
	return asked > 0 ? { numRuns: asked } : { numRuns: usual, seed: 1 };
}
