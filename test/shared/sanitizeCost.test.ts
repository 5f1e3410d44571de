import { publicText } from '../../nodes/shared/sanitize';

const UNITS = ['-', 'a.', 'a-', 'a/', '-/a', '/', 'at ', 'at a(', '10.', 'a:', 'http://a.', '.svc'];

describe('publicText on thousands of messages that patterns nearly match', () => {
	it.each(UNITS)(`ends within the test's time: "%s"`, (unit) => {
		const message = unit.repeat(4_000);
		const cleaned = Array.from({ length: 2_000 }, () => publicText(message));
		expect(cleaned.every((text) => text.length <= 300)).toBe(true);
	});
});
