import { deleteUrls } from './delete';
import { getMany } from './getMany';
import { train } from './train';

/** The operations of the resource *URL*, in the order of the editor. */
export const urlOperations = [deleteUrls, getMany, train];
