import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { CONTENT_MAX_BYTES, DEFAULT_MAX_BYTES, MAX_VALUES } from '../../nodes/shared/http/limits';
import type { Measured } from '../bench/hostile';
import { HOSTILE_ANSWERS } from '../support/hostile/hostileAnswers';

const MIB = 1024 * 1024;
/** Of a process that reads with this limit. What is read is there as bytes, as text and as values. */
const boundMiB = (maxBytes: number) => (6 * maxBytes + 100 * MAX_VALUES) / MIB;
/** A provider for each limit of what the answer to a check may weigh. */
const LIMITS = { geonode: DEFAULT_MAX_BYTES, midPilot: CONTENT_MAX_BYTES };

const heavy = Object.entries(HOSTILE_ANSWERS).filter(([, { isHeavy }]) => isHeavy === true);
let measured: Measured[];

// In a process of its own, one after the other, at a server in yet another one.
beforeAll(async () => {
	const args = ['--expose-gc', '--import', 'tsx', require.resolve('../bench/hostile')];
	const options = [...args, '--heavy', '--limits', '--json'];
	const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: MIB });
	measured = JSON.parse(stdout) as Measured[];
}, 300_000);

describe.each(Object.entries(LIMITS))('a heavy answer at %s', (id, maxBytes) => {
	const find = (name: string) => measured.find((one) => one.provider === id && one.name === name);

	it.each(heavy)('takes no more memory than its limit explains: %s', (name) => {
		expect(find(name)?.peakMiB).toBeLessThan(boundMiB(maxBytes));
	});

	it.each(heavy)('is read, or an error that says what is wrong: %s', (name, { effect, says }) => {
		expect(find(name)?.error).toMatch(effect === 'read' ? /^$/ : says);
	});

	it('is an outcome only where it is read', () => {
		const outcomes = measured.filter(({ provider, hasOutcome }) => provider === id && hasOutcome);
		const read = heavy.filter(([, { effect }]) => effect === 'read');
		expect(outcomes.map(({ name }) => name)).toEqual(read.map(([name]) => name));
	});
});
