import { runInNewContext } from 'node:vm';

import {
	baseUrlExpression,
	readBaseUrl,
	readHeaderName,
	readHeaderValue,
	readKey,
} from '../../nodes/shared/credentialInput';
import { optionalId, readIds, readLines, readNumber } from '../../nodes/shared/input';
import { readWebAddresses, requireWebAddress } from '../../nodes/shared/webAddresses';

const LABEL = 'Some Field';
const UNITS = [
	'"',
	'\'"',
	',',
	',"',
	' ',
	'/',
	'/v1',
	'/v',
	'1',
	':',
	'<',
	'Bearer ',
	'\u200b',
	'\u200d',
	'\\n',
	'[',
	'{',
	'\n',
];

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
	'an address': (text) => requireWebAddress(text, LABEL),
	'a list of addresses': (text) => readWebAddresses(text, LABEL),
	'a key': (text) => readKey(text, LABEL),
	'the name of a header': (text) => readHeaderName(text, LABEL),
	'the value of a header': (text) => readHeaderValue(text, LABEL),
	'a base URL': (text) => readBaseUrl(text, 'inPaths'),
	'a base URL with its version': (text) => readBaseUrl(text, 'inBaseUrl'),
	'a base URL, by n8n': (baseUrl): unknown =>
		runInNewContext(baseUrlExpression('inPaths'), { $credentials: { baseUrl } }),
	'an ID': (text) => optionalId(text, LABEL),
	'a list of IDs': (text) => readIds(text, LABEL),
	'a list of lines': (text) => readLines(text),
	'a number': (text) => readNumber(text, LABEL),
};

/** The error that says so where it is none. */
function read(reader: (text: string) => unknown, text: string): unknown {
	try {
		return reader(text);
	} catch (error) {
		return error;
	}
}

// What grows with the square of the length would take minutes.
describe.each(Object.entries(READERS))(
	'a text of a hundred thousand characters, read as %s',
	(_, reader) => {
		it.each(UNITS)("ends within the test's time: %j", (unit) => {
			const run = unit.repeat(100_000 / unit.length);
			for (const text of [run, `${run}x`, `https://a/${run}x`, `${run}x${run}`]) {
				expect(read(reader, text)).not.toBeInstanceOf(RangeError);
			}
		});
	},
);
