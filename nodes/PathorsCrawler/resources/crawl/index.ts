import { startAndWaitOperation } from '../../../shared/crawlWait/startAndWait';
import { getManyOperation, getStatusOperation } from '../../../shared/node/jobOperations';
import { listProperties, statusWordsOption } from '../../fields';
import { pathors } from '../../provider';
import { start } from './start';

const getMany = getManyOperation(pathors, {
	description: 'List the crawls and imports of a knowledge base',
	scopeProperties: listProperties,
	options: [statusWordsOption],
});

const getStatus = getStatusOperation(pathors, {
	description:
		'Get the current status and progress of a crawl. After it has ended, Pathors may still be embedding its last pages.',
	options: [statusWordsOption],
});

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [getMany, getStatus, start, startAndWaitOperation(pathors, start)];
