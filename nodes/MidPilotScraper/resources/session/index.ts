import { create } from './create';
import { deleteSession } from './delete';

/** The operations of the resource *Session*, in the order of the editor. */
export const sessionOperations = [create, deleteSession];
