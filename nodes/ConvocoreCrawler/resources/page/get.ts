import type { INodeProperties } from 'n8n-workflow';

import { requireId } from '../../../shared/input';
import { simplifyProperty } from '../../../shared/node/fields';
import type { ResourceOperation } from '../../../shared/node/operations';
import { readSimplify } from '../../../shared/node/parameters';
import { toText } from '../../../shared/tolerant';
import { jobProperties, readReference } from '../../fields';
import { fetchPage } from '../../lists';
import { simplePage, withReference } from './pageItem';

const pageProperty: INodeProperties = {
	displayName: 'Page',
	name: 'pageId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '={{ $json.reference.pageId }}' },
	description: 'Left as it is, the page is read from the input item',
	modes: [
		{ displayName: 'By ID', name: 'id', type: 'string' },
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchConvocorePages', searchable: true },
		},
	],
};

/** One page of a crawl, with its content. */
export const get: ResourceOperation = {
	name: 'Get',
	value: 'get',
	action: 'Get a page',
	description: 'Get one page of a crawl with its content',
	properties: [...jobProperties, pageProperty, simplifyProperty],
	async run({ parameter, send, defaults }) {
		const reference = readReference(parameter, defaults);
		const pageId = requireId(parameter('pageId'), 'Page');
		const page = await fetchPage(send, reference, pageId);
		const fields = readSimplify(parameter)
			? { ...simplePage(page), markdown: toText(page.markdown ?? page.md) }
			: page;
		return [withReference(fields, { ...reference, pageId })];
	},
};
