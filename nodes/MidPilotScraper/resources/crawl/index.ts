import { getManyOperation, getStatusOperation } from '../../../shared/node/jobOperations';
import { sessionProperty } from '../../fields';
import { documentsIn } from '../../lists';
import { midPilot } from '../../provider';
import { start } from './start';

const getMany = getManyOperation(midPilot, {
	description: 'List the crawls of a session',
	scopeProperties: [sessionProperty],
	options: [
		{
			displayName: 'Include Other Jobs',
			name: 'includeOtherJobs',
			type: 'boolean',
			default: false,
			description:
				"Whether to list the session's other work as well, such as discovery and code generation",
		},
	],
});

const getStatus = getStatusOperation(midPilot, {
	options: [
		{
			displayName: 'Include Saved Documents',
			name: 'includeContent',
			type: 'boolean',
			default: false,
			description:
				'Whether to add what the crawl has saved as the field documents. It can be many megabytes.',
		},
	],
	extraFields: (raw, { includeContent }) =>
		includeContent === true ? { documents: documentsIn(raw) } : {},
});

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [getMany, getStatus, start];
