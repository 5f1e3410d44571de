import { parseBody } from '../../nodes/shared/http/parseBody';
import { toText } from '../../nodes/shared/tolerant';

describe('a body', () => {
	it('is what its reader makes of it', () => {
		expect(parseBody(toText, 'a', 'text')).toBe('a');
	});

	it('is a fault that may pass where the reader makes nothing of it', () => {
		expect(() => parseBody(toText, {}, 'list of crawls')).toThrow(
			expect.objectContaining({
				kind: 'passing',
				message: 'The response is not a list of crawls',
				isUncertain: true,
				isForeign: true,
			}) as Error,
		);
	});
});
