import { RequestFault } from '../../nodes/shared/errors';
import { STOPPED, withEnd } from '../../nodes/shared/http/requestEnd';

const forever = async () => await new Promise<never>(() => {});
const hours = 60 * 60 * 1000;

describe('the work of a request', () => {
	it('gives its result', async () => {
		expect(await withEnd(hours, undefined, async () => await Promise.resolve(7))).toBe(7);
	});

	it('fails as it fails', async () => {
		const fault = new Error('refused');
		await expect(withEnd(hours, undefined, async () => await Promise.reject(fault))).rejects.toBe(
			fault,
		);
	});

	it('ends when its time is up, even if it pays no heed', async () => {
		await expect(withEnd(5, undefined, forever)).rejects.toMatchObject({
			kind: 'passing',
			isTimeout: true,
			isUncertain: true,
		});
	});

	it.each([
		[0, '1 s'],
		[10, '1 s'],
		[1_600, '2 s'],
	])('says how long it had: %i ms', async (timeoutMs, says) => {
		await expect(withEnd(timeoutMs, undefined, forever)).rejects.toThrow(`within ${says}`);
	});

	it('has as long as the longest timer when it has longer', async () => {
		const soon = new Promise((resolve) => setTimeout(resolve, 20, 'done'));
		expect(await withEnd(1e12, undefined, async () => await soon)).toBe('done');
	});

	it('ends when the execution is stopped', async () => {
		const stop = new AbortController();
		const ended = withEnd(hours, stop.signal, forever);
		stop.abort();
		await expect(ended).rejects.toMatchObject({
			kind: 'passing',
			message: STOPPED.message,
			advice: STOPPED.advice,
			isTimeout: false,
			isUncertain: true,
		});
	});

	it('ends at once in an execution that was stopped before', async () => {
		await expect(withEnd(hours, AbortSignal.abort(), forever)).rejects.toThrow(STOPPED.message);
	});

	it('ends for the first reason, whatever it makes of that', async () => {
		const stop = new AbortController();
		const ended = withEnd(hours, stop.signal, async (signal) => {
			await new Promise((resolve) => signal.addEventListener('abort', resolve));
			throw new RequestFault('permanent', 'aborted', { advice: '' });
		});
		stop.abort();
		await expect(ended).rejects.toThrow(STOPPED.message);
	});

	it('closes what is still open once it is done', async () => {
		let seen: AbortSignal | undefined;
		await withEnd(hours, undefined, async (signal) => await Promise.resolve((seen = signal)));
		expect(seen?.aborted).toBe(true);
	});

	it('leaves nothing to do for a stop that comes later', async () => {
		const stop = new AbortController();
		let aborts = 0;
		await withEnd(hours, stop.signal, async (signal) => {
			signal.addEventListener('abort', () => aborts++);
			return await Promise.resolve();
		});
		stop.abort();
		expect(aborts).toBe(1);
	});
});
