import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { ChildResults, ChildTask } from './childTasks';

const NODE_FLAGS = ['--expose-gc', '--import', 'tsx'];

/**
 * Measures one thing of one peer in a process of its own.
 * @throws Error when the process fails; it says why itself
 */
export async function inChild<Task extends ChildTask>(
	task: Task,
	peerId: string,
	isQuick: boolean,
): Promise<ChildResults[Task]> {
	const child = fork(join(__dirname, 'child.ts'), [task, peerId, isQuick ? 'quick' : 'full'], {
		execArgv: NODE_FLAGS,
	});
	let result: { value: ChildResults[Task] } | null = null;
	child.once('message', (value) => (result = { value: value as ChildResults[Task] }));
	await once(child, 'exit');
	if (result === null) throw new Error(`${task} of ${peerId} could not be measured`);
	return (result as { value: ChildResults[Task] }).value;
}
