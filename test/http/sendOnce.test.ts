import { RequestFault } from '../../nodes/shared/errors';
import { parseBody } from '../../nodes/shared/http/parseBody';
import { sendOnce } from '../../nodes/shared/http/sendOnce';
import { toText } from '../../nodes/shared/tolerant';

describe('a request that must not be repeated blindly', () => {
	const request = { method: 'POST', path: '/' } as const;
	const faultWith = (isUncertain: boolean) =>
		new RequestFault('passing', 'No', { advice: 'Try again.', isUncertain });

	it('gives what is read of its answer', async () => {
		const send = async () => await Promise.resolve({ body: 4, pauseMs: null });
		expect(await sendOnce(send, request, 'Look first.', (body) => Number(body) + 1)).toBe(5);
	});

	it.each<[boolean, string]>([
		[true, 'Look first.'],
		[false, 'Try again.'],
	])('may have been carried out: %p', async (isUncertain, advice) => {
		const send = async () => await Promise.reject(faultWith(isUncertain));
		await expect(sendOnce(send, request, 'Look first.', String)).rejects.toMatchObject({ advice });
	});

	it('may have been carried out when its answer cannot be read', async () => {
		const send = async () => await Promise.resolve({ body: {}, pauseMs: null });
		const reading = sendOnce(send, request, 'Look first.', (body) => parseBody(toText, body, 'x'));
		await expect(reading).rejects.toMatchObject({ advice: 'Look first.' });
	});

	it('fails as it fails where that is no fault of the request', async () => {
		const error = new Error('bug');
		const send = async () => await Promise.reject(error);
		await expect(sendOnce(send, request, 'Look first.', String)).rejects.toBe(error);
	});
});
