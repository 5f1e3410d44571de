/** Writes the list of all errors with their advice, `test/fixtures/errors.md`: npm run errors */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { errorTable } from '../test/support/errors/errorTable';

void errorTable().then((text) =>
	writeFileSync(join(__dirname, '..', 'test', 'fixtures', 'errors.md'), text),
);
