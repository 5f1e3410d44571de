import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

import { name, version } from '../../package.json';

const ROOT = resolve(__dirname, '..', '..');

it('the bill of materials lists the package and nothing else, and nothing that differs from run to run', () => {
	const run = spawnSync(process.execPath, ['scripts/sbom.mjs'], { cwd: ROOT, encoding: 'utf8' });
	expect(run.stderr).toBe('');
	const bill = JSON.parse(run.stdout) as Record<string, unknown>;
	expect(bill).toEqual({
		$schema: expect.any(String),
		bomFormat: 'CycloneDX',
		specVersion: expect.any(String),
		version: 1,
		metadata: {
			lifecycles: expect.any(Array),
			tools: expect.any(Array),
			component: expect.objectContaining({
				name,
				version,
				purl: `pkg:npm/${name}@${version}`,
				hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
			}),
		},
		components: [],
		dependencies: [{ ref: `${name}@${version}`, dependsOn: [] }],
	});
});
