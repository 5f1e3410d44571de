/** `npm run docs`: the fields of each node into its page in `docs/nodes/`, as the editor shows them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { NODE_PAGES, withFields } from '../test/support/docs/nodeFields';

for (const { file, description } of NODE_PAGES) {
	writeFileSync(file, withFields(readFileSync(file, 'utf8'), description));
}
