import { getMany } from './getMany';

/** The operations of the resource *Knowledge Base*. */
export const knowledgeBaseOperations = [getMany];
