import { join, resolve } from 'node:path';

/**
 * Where the specifications lie that providers publish. They are not ours to publish, so they are not
 * part of the repository: `$CRAWL_JOBS_SPECS`, else `shared/specs` beside the repository.
 */
const SPEC_FOLDER =
	process.env.CRAWL_JOBS_SPECS || resolve(__dirname, '..', '..', '..', 'shared', 'specs');

/** The path of one of them. */
export function specFile(name: string): string {
	return join(SPEC_FOLDER, name);
}
