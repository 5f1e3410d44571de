import type { INodeProperties } from 'n8n-workflow';

import type { ResourceOperation } from '../../../shared/node/operations';
import { deleteRequest, readData } from '../../api';
import { jobProperties, readReference } from '../../fields';

const notice: INodeProperties = {
	displayName:
		'Deleting a crawl also deletes its pages. This cannot be undone. It is the only way to stop a crawl that is running or repeats.',
	name: 'deleteNotice',
	type: 'notice',
	default: '',
};

/** Deletes a crawl with its pages. */
export const deleteCrawl: ResourceOperation = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete crawl',
	description: 'Delete a crawl and all of its pages',
	properties: [notice, ...jobProperties],
	async run({ parameter, send, defaults }) {
		const reference = readReference(parameter, defaults);
		const { body } = await send(deleteRequest(reference));
		// What else the answer holds is not documented; a refusal has to be noticed all the same.
		if (body !== null) readData(body, 'deletion of a Convocore crawl');
		return [{ deleted: true, jobId: reference.jobId, reference }];
	},
};
