import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import { requireId } from '../shared/input';
import { idOrList } from '../shared/node/fields';
import type { ReadParameter } from '../shared/provider';

/** The fields that name a crawl; read them with {@link readReference}. */
export const jobProperties: INodeProperties[] = [
	{
		displayName: 'Crawl',
		name: 'jobId',
		description: 'By default, the crawl from the input item',
		...idOrList(
			'searchGeonodeCrawls',
			'={{ $json.jobId }}',
			'9d7b2c8e-8a4b-4c10-9af3-65f4f8f6c019',
		),
	},
];

/** @throws {InvalidInputError} for a missing or malformed id */
export function readReference(parameter: ReadParameter): JobReference {
	return { jobId: requireId(parameter('jobId'), 'Crawl') };
}
