import { cutText, publicText } from '../../nodes/shared/sanitize';

describe('publicText', () => {
	it.each([
		[
			'a stack trace',
			'HttpException: Failed to fetch HTML content\n    at getHtml (/app/dist/apps/crawler/worker.js:2531:15)\n    at async run (/app/dist/main.js:1:2)',
			'HttpException: Failed to fetch HTML content',
		],
		['a source path', 'Error in /srv/app/lib/fetch.ts:12:3', 'Error in [path]'],
		['a Windows source path', 'Error in C:\\srv\\app\\fetch.js:12', 'Error in [path]'],
		[
			'a loopback address',
			'connect ECONNREFUSED 127.0.0.1:5432',
			'connect ECONNREFUSED [internal address]',
		],
		['a private address', 'GET http://10.0.3.7:8080/jobs failed', 'GET [internal address] failed'],
		[
			'a cluster host',
			'http://crawler.jobs.svc.cluster.local/run timed out',
			'[internal address] timed out',
		],
		['line breaks', 'one\n\ttwo', 'one two'],
		[
			'a Python traceback',
			'Traceback (most recent call last):\n  File "/app/src/service.py", line 120, in run\nValueError: no links',
			'ValueError: no links',
		],
		['a Java frame', 'Boom at com.foo.Bar.baz(Bar.java:12)', 'Boom'],
		['a server path', 'Cannot read /app/dist/config.json', 'Cannot read [path]'],
		[
			'an address with a login',
			'No answer from postgresql://user:s3cret@db:5432/jobs',
			'No answer from [internal address]',
		],
	])('takes out %s', (_, message, expected) => {
		expect(publicText(message)).toBe(expected);
	});

	it.each([
		['Connection timeout while fetching https://docs.evolveum.com/midpoint/reference/'],
		['Page 10.5 of 12 failed at 10:30'],
		['Look at the docs'],
		['Stopped at page https://example.com:8080/x now'],
		['The page /about/team.html is missing'],
	])('keeps "%s"', (message) => {
		expect(publicText(message)).toBe(message);
	});

	it.each([
		['line breaks', '\n'.repeat(100_000)],
		['almost a stack', 'at '.repeat(50_000)],
		['almost a path', '/a'.repeat(50_000)],
		['almost a host', 'a.'.repeat(50_000)],
	])('copes with a text of nothing but %s', (_, message) => {
		expect(publicText(`start ${message} end`).length).toBeLessThanOrEqual(300);
	});

	it('is at most 300 characters long', () => {
		expect(publicText('x'.repeat(1000))).toHaveLength(300);
	});

	it.each([
		['a stack frame alone', 'at run (/app/main.js:1:2)', ''],
		['one first', 'at run (/app/main.js:1:2); Timeout', 'Timeout'],
		['one in the middle', 'Timeout; at run (/app/main.js:1:2); Gone', 'Timeout; Gone'],
		['one last', 'Timeout; at run (/app/main.js:1:2)', 'Timeout'],
		['several', 'Timeout; at a (/x/y.js:1:2); at b (/x/y.js:3:4); Gone', 'Timeout; Gone'],
		['a frame of .NET', 'Boom at A.B.Run(String s) in C:\\src\\A.cs:line 12', 'Boom'],
	])('leaves no stray separators: %s', (_, message, expected) => {
		expect(publicText(message)).toBe(expected);
	});

	it('takes out what is invisible or turns the text around', () => {
		expect(publicText('a\u0000b\u202ec\u200bd\u001b[31m')).toBe('a b c d [31m');
	});

	it('does not end in the middle of a character', () => {
		expect(publicText('😀'.repeat(300))).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
	});
});

describe('cutText', () => {
	it.each([
		['abc', 3, 'abc'],
		['abcd', 3, 'ab…'],
		['a😀b', 3, 'a…'],
	])('cuts "%s" to %i', (text, length, expected) => {
		expect(cutText(text, length)).toBe(expected);
	});
});
