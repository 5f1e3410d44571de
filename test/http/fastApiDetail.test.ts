import { fastApiDetail } from '../../nodes/shared/http/fastApiDetail';

describe('what a FastAPI server says', () => {
	const problem = (loc: unknown, msg = 'wrong') => ({ loc, msg });

	it.each<[unknown, string | null]>([
		[{ detail: 'Not found' }, 'Not found'],
		[{ detail: [problem(['body', 'url'])] }, 'url: wrong'],
		[{ detail: [problem(['body', 'urls', 0, 'url'])] }, 'urls.0.url: wrong'],
		[{ detail: [problem(['body', 'a']), problem(['body', 'b'])] }, 'a: wrong; b: wrong'],
		[{ detail: [{ msg: 'wrong' }] }, ': wrong'],
		[{ detail: [problem(['body', { a: 1 }, 'b'])] }, 'b: wrong'],
		[{ detail: [problem('body')] }, null],
		[{ detail: [problem(['body']), 'other'] }, null],
		[{ detail: 7 }, null],
		[{}, null],
		[null, null],
	])('in %j is %j', (body, says) => {
		expect(fastApiDetail(body)).toBe(says);
	});

	it('is no more than twenty problems, of fields no deeper than that', () => {
		const deep = Array.from({ length: 30 }, (_, index) => index);
		const says = fastApiDetail({ detail: deep.map(() => problem(deep)) });
		expect(says?.split('; ')).toHaveLength(20);
		expect(says?.split('; ')[0]).toBe(`${deep.slice(1, 20).join('.')}: wrong`);
	});
});
