import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SUPERVISE, WATCH } from './childWorkflow';
import { supervise } from './supervise';
import { watchCrawls } from './watchCrawls';

type Step = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What the nodes of a durable wait's own workflows do, by their hidden values of `waitMode`. */
export const durableSteps: ReadonlyMap<string, Step> = new Map([
	[SUPERVISE.waitMode, supervise],
	[WATCH.waitMode, watchCrawls],
]);
