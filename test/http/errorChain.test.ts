import { errorChain, errorCode } from '../../nodes/shared/http/errorChain';

describe('an error of n8n', () => {
	const caused = (...links: object[]): unknown =>
		links.reduceRight<unknown>((cause, link) => ({ ...link, cause }), undefined);

	it('has causes, of which the first five count', () => {
		const links = Array.from({ length: 7 }, (_, index) => ({ message: `${index}` }));
		expect(errorChain(caused(...links)).map(({ message }) => message)).toEqual([...'01234']);
		expect(errorChain('text')).toEqual([]);
		expect(errorChain(null)).toEqual([]);
	});

	it.each<[unknown, string | null]>([
		[caused({ code: 'ECONNRESET' }), 'ECONNRESET'],
		[caused({ message: 'x' }, { code: 'ERR_TLS2' }), 'ERR_TLS2'],
		[caused({ httpCode: 'ENOTFOUND' }), 'ENOTFOUND'],
		[caused({ code: 404, httpCode: '404' }, { code: 'EPIPE' }), 'EPIPE'],
		[caused({ code: 'econnreset' }), null],
		[caused({ code: 'a ECONNRESET' }), null],
		[caused({ code: 'ECONNRESET now' }), null],
		[caused({}), null],
	])('names its code: %#', (error, code) => {
		expect(errorCode(errorChain(error))).toBe(code);
	});
});
