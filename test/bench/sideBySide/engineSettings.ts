import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* n8n-core reads its settings on import, and would write them into the home folder: import this first. */

const userFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-bench-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_LOG_LEVEL = 'silent';
process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
