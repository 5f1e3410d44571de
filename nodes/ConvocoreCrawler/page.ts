import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from '../shared/crawlJob';
import {
	limitProperties,
	readLimit,
	readSimplify,
	showFor,
	simplifyProperty,
} from '../shared/fields';
import { requireId } from '../shared/identifiers';
import type { Operation } from '../shared/operations';
import { take } from '../shared/paginate';
import { toCount, toIsoTime, toText } from '../shared/values';
import { fetchPage, listPages } from './pages';
import { jobProperties, readReference } from './reference';

const SHOW = { resource: ['page'], operation: ['get', 'getMany'] };
const SHOW_GET = { resource: ['page'], operation: ['get'] };
const SHOW_GET_MANY = { resource: ['page'], operation: ['getMany'] };

/** The fields of the resource *Page*. */
export const pageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['page'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get a page',
				description: 'Get one page of a crawl with its content',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many pages',
				description: 'List the pages that a crawl has found, without their content',
			},
		],
		default: 'getMany',
	},
	...showFor(jobProperties, SHOW),
	{
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
		displayOptions: { show: SHOW_GET },
	},
	...limitProperties(SHOW_GET_MANY),
	simplifyProperty(SHOW),
];

const get: Operation = async ({ parameter, send, defaults }) => {
	const reference = readReference(parameter, defaults);
	const pageId = requireId(parameter('pageId'), 'Page');
	const page = await fetchPage(send, reference, pageId);
	const fields = readSimplify(parameter)
		? { ...simplePage(page), markdown: toText(page.markdown ?? page.md) }
		: page;
	return [withReference(fields, { ...reference, pageId })];
};

const getMany: Operation = async ({ parameter, send, defaults }) => {
	const reference = readReference(parameter, defaults);
	const pages = await take(listPages(send, reference), readLimit(parameter));
	const simplify = readSimplify(parameter);
	return pages.map((page) =>
		withReference(simplify ? simplePage(page) : page, { ...reference, pageId: page.id }),
	);
};

function simplePage(page: Readonly<Record<string, unknown>>): object {
	return {
		url: toText(page.url),
		title: toText(page.title),
		description: toText(page.description),
		failed: page.failed === true,
		scrapedAt: toIsoTime(page.scrapedAt),
		characters: toCount(page.mdCharCount),
	};
}

/** So that the default of every field of the next node finds its value. */
function withReference(page: object, reference: JobReference): object {
	return { ...page, jobId: reference.jobId, reference };
}

/** The operations of the resource *Page*. */
export const pageOperations = { get, getMany };
