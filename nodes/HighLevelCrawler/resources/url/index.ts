import { deleteUrls } from './delete';
import { getMany } from './getMany';
import { train } from './train';

/** The operations of the resource *Page*, in the order of the editor. */
export const urlOperations = [deleteUrls, getMany, train];
