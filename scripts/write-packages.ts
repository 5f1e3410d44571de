/** `npm run packages`: what is written in the folders of the packages for one provider each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SINGLE_PACKAGES } from '../test/support/packages/singlePackages';

for (const { folder, files } of SINGLE_PACKAGES) {
	mkdirSync(folder, { recursive: true });
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
