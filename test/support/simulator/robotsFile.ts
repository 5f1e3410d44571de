const TIMEOUT_MS = 5_000;

/** The robots.txt of the site an address belongs to; undefined when it has none. */
export async function readRobotsFile(site: URL): Promise<string | undefined> {
	try {
		const response = await fetch(new URL('/robots.txt', site), {
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		return response.ok ? await response.text() : undefined;
	} catch {
		// A site without a robots file is a site like any other.
		return undefined;
	}
}
