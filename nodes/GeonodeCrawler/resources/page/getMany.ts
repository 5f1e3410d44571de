import { limitProperties, simplifyProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit, readSimplify } from '../../../shared/node/parameters';
import { take } from '../../../shared/paginate';
import { jobProperties, readReference } from '../../fields';
import { listPages } from '../../lists';

const SIMPLE_FIELDS = ['url', 'depth', 'status', 'errorMessage', 'markdown', 'html'] as const;

/** The pages that a crawl has found. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many pages',
	description: 'Get the pages that a crawl has found, with their content',
	properties: [...jobProperties, ...limitProperties(), simplifyProperty],
	async run({ parameter, send, reading }) {
		const simplify = readSimplify(parameter);
		const list = listPages(send, readReference(parameter));
		const pages = await take(list, readLimit(parameter), reading);
		if (!simplify) return pages;
		return pages.map((page) =>
			Object.fromEntries(SIMPLE_FIELDS.map((field) => [field, page[field]])),
		);
	},
};
