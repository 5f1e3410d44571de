import { apiPath } from '../../nodes/shared/http/apiPath';

describe('a path', () => {
	it('has its parts encoded', () => {
		expect(apiPath`/v1/a/${'x/y z'}/b/${'ü?'}`).toBe('/v1/a/x%2Fy%20z/b/%C3%BC%3F');
		expect(apiPath`/v1/a/${'...'}`).toBe('/v1/a/...');
		expect(apiPath`/v1`).toBe('/v1');
	});

	it('can have whole characters of any kind', () => {
		expect(apiPath`/a/${'😀'}`).toBe('/a/%F0%9F%98%80');
	});

	it.each([[''], ['.'], ['..'], ['a\ud83d'], ['\ude00a']])('cannot have %j as a part', (part) => {
		const path = () => apiPath`/a/${part}/b`;
		expect(path).toThrow(`"${part}" cannot be used as an ID in the address /a/…/b`);
	});
});
