import { stringify } from 'flatted';
import { hasEnded, itemsByOutput, parseExecutionData, type Execution } from './execution';

const item = { json: { jobId: 'a' } };

const execution: Execution = {
	id: '1',
	workflowId: 'w',
	status: 'success',
	mode: 'webhook',
	startedAt: null,
	stoppedAt: null,
	waitTill: null,
	data: parseExecutionData(
		stringify({
			resultData: {
				runData: {
					Wait: [{ data: { main: [[item]] } }, { data: { main: [null, [item], []] } }],
				},
			},
		}),
	),
};

describe('an execution', () => {
	it('gives the items of the latest run of a node by output', () => {
		expect(itemsByOutput(execution, 'Wait')).toEqual([[], [item], []]);
	});

	it('gives nothing for a node that did not run', () => {
		expect(itemsByOutput(execution, 'Other')).toBeUndefined();
	});

	it('has not ended while it waits', () => {
		expect(hasEnded({ ...execution, status: 'waiting' })).toBe(false);
	});
});
