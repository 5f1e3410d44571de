import { get } from './get';
import { getMany } from './getMany';

/** The operations of the resource *Page*, in the order of the editor. */
export const pageOperations = [get, getMany];
