import type { Operation, ResourceOperation } from '../../nodes/shared/node/operations';

/** The work of one operation of a resource. */
export function operationOf(operations: readonly ResourceOperation[], value: string): Operation {
	const operation = operations.find((candidate) => candidate.value === value);
	if (operation === undefined) throw new Error(`There is no operation ${value}`);
	return operation.run;
}
