import type { IExecuteFunctions } from 'n8n-workflow';

import { EDITOR_PATIENCE, type ListReading } from '../paginate';
import { systemClock } from './systemClock';

/** What an operation reads lists with: it ends when the execution is stopped. */
export function operationReading(context: IExecuteFunctions): ListReading {
	const signal = context.getExecutionCancelSignal();
	return {
		clock: systemClock,
		...(signal && { signal }),
		hint: (message) => {
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		},
	};
}

/** What the choices of a drop-down are read with. */
export const editorReading: ListReading = { clock: systemClock, patience: EDITOR_PATIENCE };
