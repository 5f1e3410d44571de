/**
 * `npx tsx test/support/saved/saveWorkflow.ts`: keeps a workflow with every node and operation of this
 * version of the package in `test/fixtures/workflows/<version>.json`, and what its nodes do. To be run
 * once for each version that is released.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { version } from '../../../package.json';
import type { SavedWorkflow } from './savedWorkflow';

async function main(): Promise<void> {
	const userFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-n8n-'));
	// n8n-core reads them when it is loaded.
	Object.assign(process.env, { N8N_USER_FOLDER: userFolder, N8N_LOG_LEVEL: 'silent' });
	try {
		const { SAVED_FOLDER } = await import('./savedWorkflow.js');
		const file = join(SAVED_FOLDER, `${version}.json`);
		mkdirSync(SAVED_FOLDER, { recursive: true });
		const options = { ...(await resolveConfig(file)), parser: 'json' };
		writeFileSync(file, await format(JSON.stringify(await save()), options));
		console.log(`The workflow is kept in ${file}`);
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}

async function save(): Promise<SavedWorkflow> {
	const { allNodes } = await import('./allNodes.js');
	const { runSaved } = await import('./savedWorkflow.js');
	const saved: SavedWorkflow['saved'] = [];
	for (const each of allNodes()) {
		const outcome = await runSaved(each);
		if (outcome.error !== null) throw new Error(`${each.node.name}: ${outcome.error}`);
		saved.push({ ...each, outcome });
	}
	return { version, saved };
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
