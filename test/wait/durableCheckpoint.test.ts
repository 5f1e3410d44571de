import { createRunExecutionData } from 'n8n-workflow';

import { checkpointIn } from '../../nodes/shared/crawlWait/durable/checkpoint';

const NODE = 'Wait';

/** What version 0.1.0 kept in an execution of a durable wait. */
const RECORD = {
	executionId: '7',
	plan: {
		waits: ['as planned'],
		stopOnError: true,
		parents: [{ executionId: '6', nodeName: NODE }],
		losses: 3,
	},
};
const READ = {
	executionId: '7',
	waits: ['as planned'],
	stopOnError: true,
	parents: [{ executionId: '6', nodeName: NODE }],
	restarts: 3,
};
const CHILD = { executionId: '8', nodeName: 'Supervise the Wait' };
const ERRORS = [{ itemIndex: 1, message: 'No ID', advice: 'Give one' }];

describe('a record that version 0.1.0 left in an execution, which the package of today goes on with', () => {
	it.each<[string, object, object]>([
		['of the last execution', {}, {}],
		['of one that waits for another', { child: CHILD }, { child: CHILD }],
		['with items that were not valid', { errors: ERRORS }, { itemErrors: ERRORS }],
		['of a wait that is over', { report: ['ended'] }, { waits: ['ended'], ending: 'reported' }],
		['of a wait that nobody needed any more', { obsoleteFrom: 2 }, { ending: 'unneeded' }],
	])('%s', (_, more, read) => {
		const saved = { ...RECORD, ...more };
		expect(checkpointWith(saved)).toStrictEqual({ ...READ, ...read });
	});
});

it.each([['text'], [null], [undefined]])('%j in its place is no record', (saved) => {
	expect(checkpointWith(saved)).toBeUndefined();
});

function checkpointWith(saved: unknown) {
	const data = createRunExecutionData({});
	if (data.executionData === undefined) throw new Error('An execution has these data');
	data.executionData.contextData = { [`node:${NODE}`]: { durable: saved } } as never;
	return checkpointIn(data, NODE);
}
