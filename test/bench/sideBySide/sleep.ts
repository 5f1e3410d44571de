/** Waits for some milliseconds, on the simulated clock where there is one. */
export async function sleep(ms: number): Promise<void> {
	await new Promise<void>((resolve) => setTimeout(resolve, ms));
}
