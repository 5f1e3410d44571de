// `npm run sbom`: the bill of materials (CycloneDX) of the package for all providers, on the standard
// output. A release has one for each package, in a file beside the tarball.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { packageFolders, packStaged, readManifest, stagePackages } from './stage-package.mjs';

/**
 * What npm says of a package and of all that it brings along, without what differs from run to run.
 * @param {string} folder the staged package
 * @param {string} tarball its file
 * @returns {string} JSON
 */
export function billOfMaterials(folder, tarball) {
	const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'];
	const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' };
	const { status, stdout, stderr } = spawnSync('npm', args, options);
	if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
	const bill = JSON.parse(stdout);
	// CycloneDX requires neither.
	delete bill.serialNumber;
	delete bill.metadata.timestamp;
	// npm takes the name of the folder.
	bill.metadata.component.name = readManifest(folder).name;
	const content = createHash('sha512').update(readFileSync(tarball)).digest('hex');
	bill.metadata.component.hashes = [{ alg: 'SHA-512', content }];
	return `${JSON.stringify(bill, null, '\t')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const [folder] = stagePackages(packageFolders().slice(0, 1));
	const packFolder = mkdtempSync(join(tmpdir(), 'crawl-jobs-pack-'));
	try {
		const [{ filename }] = packStaged([folder], packFolder);
		process.stdout.write(billOfMaterials(folder, join(packFolder, filename)));
	} finally {
		for (const path of [folder, packFolder]) rmSync(path, { recursive: true, force: true });
	}
}
