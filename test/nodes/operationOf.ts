import type { Operation, Resources } from '../../nodes/shared/node/operations';

/** The work of one operation of a resource. */
export function operationOf(operations: Resources[string], value: string): Operation {
	const operation = operations.find((candidate) => candidate.value === value);
	if (operation === undefined || !('run' in operation))
		throw new Error(`There is no operation ${value}`);
	return operation.run;
}
