import { chromium, selectors, type Browser } from 'playwright-core';

import { locateProgram } from '../n8n/services/programs';

/**
 * The browser of this machine: `CHROMIUM_PATH`, or Debian's package, which playwright-core downloads
 * nothing for.
 * @throws MissingProgramError
 */
export function locateChromium(): string {
	return (
		process.env.CHROMIUM_PATH ??
		locateProgram({
			program: 'chromium',
			folders: [],
			packages: { debian: 'chromium', homebrew: '--cask chromium' },
		})
	);
}

/** Starts it without a window. */
export async function launchChromium(): Promise<Browser> {
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: locateChromium(),
		// Containers have neither the privileges that the sandbox needs nor a large /dev/shm. It opens
		// nothing but an n8n of these tests.
		args: ['--no-sandbox', '--disable-dev-shm-usage'],
	});
}
