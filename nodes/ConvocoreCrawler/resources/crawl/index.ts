import { startAndWaitOperation } from '../../../shared/crawlWait/startAndWait';
import { getManyOperation, getStatusOperation } from '../../../shared/node/jobOperations';
import { convocore } from '../../provider';
import { deleteCrawl } from './delete';
import { start } from './start';

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [
	deleteCrawl,
	getManyOperation(convocore, {
		description: 'List the crawls of a workspace',
		scopeProperties: convocore.listProperties,
	}),
	getStatusOperation(convocore),
	start,
	startAndWaitOperation(convocore, start),
];
