import type { INodeProperties } from 'n8n-workflow';

import { requireId } from '../../../shared/input';
import { idOrList, simplifyProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readSimplify } from '../../../shared/node/parameters';
import { jobProperties, readReference } from '../../fields';
import { contentOf, fetchPage } from '../../lists';
import { simplePage, withReference } from './pageItem';

const pageProperty: INodeProperties = {
	displayName: 'Page',
	name: 'pageId',
	required: true,
	description: 'By default, the page from the input item',
	...idOrList('searchConvocorePages', '={{ $json.reference.pageId }}'),
};

/** One page of a crawl, with its content. */
export const get: ResourceOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get page',
	description: 'Get one page of a crawl with its content',
	properties: [...jobProperties, pageProperty, simplifyProperty],
	async run({ parameter, send, defaults }) {
		const reference = readReference(parameter, defaults);
		const pageId = requireId(parameter('pageId'), 'Page');
		const simplify = readSimplify(parameter);
		const page = await fetchPage(send, reference, pageId);
		const fields = simplify ? { ...simplePage(page), markdown: contentOf(page) } : page;
		return [withReference(fields, { ...reference, pageId })];
	},
};
