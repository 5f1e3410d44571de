import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its settings on import; without this it would do so in the developer's home.
const userFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-n8n-'));
process.env.N8N_USER_FOLDER = userFolder;
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

// The engine reports every failing node to the console, which would drown the tests' own output.
process.env.N8N_LOG_LEVEL = 'silent';
