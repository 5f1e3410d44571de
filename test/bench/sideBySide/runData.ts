import type { IDataObject, IRun } from 'n8n-workflow';

/** All that a node has given on an output, in all of its runs. */
export function itemsOf({ data }: IRun, node: string, output = 0): IDataObject[] {
	const tasks = data.resultData.runData[node] ?? [];
	return tasks.flatMap((task) => (task.data?.main?.[output] ?? []).map(({ json }) => json));
}
