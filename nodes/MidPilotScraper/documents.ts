import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

import { readResult } from './result';

const bodySchema = z.object({ result: z.unknown() });

/** The documents that a status answer holds, with their chunks; none before the crawl has ended. */
export function documentsIn(body: unknown): IDataObject[] {
	const { documents } = readResult(bodySchema.safeParse(body).data?.result);
	return documents.map((document): IDataObject => ({ ...document }));
}
