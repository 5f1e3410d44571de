import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureN8n } from '../support/n8n/install';
import { packProject } from '../support/n8n/packageInstall';

/** Builds and packs the project once, and installs n8n if it is missing, before all test files. */
export default async function globalSetup(): Promise<void> {
	process.env.CRAWL_JOBS_TARBALL = await packProject(
		mkdtempSync(join(tmpdir(), 'crawl-jobs-packed-')),
	);
	await ensureN8n();
}
