import { limitProperties, simplifyProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readLimit, readSimplify } from '../../../shared/node/parameters';
import { take } from '../../../shared/paginate';
import { jobProperties, readReference } from '../../fields';
import { listPages } from '../../lists';
import { simplePage, withReference } from './pageItem';

/** The pages that a crawl has found. */
export const getMany: ResourceOperation = {
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many pages',
	description: 'List the pages that a crawl has found, without their content',
	properties: [...jobProperties, ...limitProperties(), simplifyProperty],
	async run({ parameter, send, defaults, reading }) {
		const reference = readReference(parameter, defaults);
		const limit = readLimit(parameter);
		const simplify = readSimplify(parameter);
		const pages = await take(listPages(send, reference), limit, reading);
		return pages.map((page) =>
			withReference(simplify ? simplePage(page) : page, { ...reference, pageId: page.id }),
		);
	},
};
