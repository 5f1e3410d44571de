import { getMany } from './getMany';

/** The operations of the resource *Page*. */
export const pageOperations = [getMany];
