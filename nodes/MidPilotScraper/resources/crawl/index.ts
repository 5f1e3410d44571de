import { startAndWaitOperation } from '../../../shared/crawlWait/startAndWait';
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
				'Whether to also list other jobs of the session, such as discovery and code generation',
		},
	],
});

const getStatus = getStatusOperation(midPilot, {
	options: [
		{
			displayName: 'Include Pages',
			name: 'includeContent',
			type: 'boolean',
			default: false,
			description:
				"Whether to add the pages that the crawl has saved, with their content, in the field 'documents'. They can be many megabytes.",
		},
	],
	extraFields: (raw, { includeContent }) =>
		includeContent === true ? { documents: documentsIn(raw) } : {},
});

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [getMany, getStatus, start, startAndWaitOperation(midPilot, start)];
