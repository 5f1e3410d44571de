import { waitForms } from '../shared/crawlWait/outputSchemas';
import { crawlJobSchema } from '../shared/outputSchemas';

/** The node has no operations, and its items look the same on all outputs. */
export const outputSchemas = waitForms(crawlJobSchema);
