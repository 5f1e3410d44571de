import { startAndWaitOperation } from '../../../shared/crawlWait/startAndWait';
import { getStatusOperation } from '../../../shared/node/jobOperations';
import { referenceProperties, waitForProperty } from '../../fields';
import { highLevel } from '../../provider';
import { start } from './start';

/** The operations of the resource *Crawl*, in the order of the editor. */
export const crawlOperations = [
	getStatusOperation(highLevel, {
		// The node shows the authentication and the version once, for all its operations.
		jobProperties: [...referenceProperties, waitForProperty],
	}),
	start,
	startAndWaitOperation(highLevel, start, [waitForProperty]),
];
