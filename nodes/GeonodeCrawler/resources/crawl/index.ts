import { startAndWaitOperation } from '../../../shared/crawlWait/startAndWait';
import {
	cancelOperation,
	getManyOperation,
	getStatusOperation,
} from '../../../shared/node/jobOperations';
import { cancelRequest } from '../../api';
import { geonode } from '../../provider';
import { start } from './start';

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [
	cancelOperation(geonode, cancelRequest),
	getManyOperation(geonode, { description: 'List the crawls of the account' }),
	getStatusOperation(geonode),
	start,
	startAndWaitOperation(geonode, start),
];
