import type { INodeExecutionData } from 'n8n-workflow';

import { HOSTILE_ANSWERS } from '../support/hostile/hostileAnswers';
import { answer } from '../support/hostile/rawServer';
import { startHostileServer, type HostileServer } from '../support/hostile/hostileServer';
import { KEY, waitForHostile, waitForPlaces } from '../support/hostile/hostileWaits';
import { PROVIDERS } from '../wait/faultCases';

/* Those that send megabytes are in hostileMemory.test.ts. */
const table = Object.entries(HOSTILE_ANSWERS).filter(([, { isHeavy }]) => isHeavy !== true);
const endless = table.filter(([, { isEndless }]) => isEndless);
const whole = table.filter(([, { isEndless }]) => !isEndless);
const unread = table.filter(([, { effect }]) => effect !== 'read');
const read = table.filter(([, { effect }]) => effect === 'read');
/** After an answer without end, the next check comes when the time for the first is up. */
const retried = table.filter(([, { effect, isEndless }]) => effect === 'retried' && !isEndless);
const refused = table.filter(([, { effect }]) => effect === 'refused');
const namesOf = (entries: typeof table) => entries.map(([name]) => name);

let server: HostileServer;
beforeAll(async () => {
	server = await startHostileServer(KEY);
});
afterAll(async () => await server.close());

describe.each(PROVIDERS)('a check at %s', (provider) => {
	/** What became of waits that have time for one check. */
	let once: Map<string, INodeExecutionData>;
	/** The same where the next check is answered as it should be. */
	let twice: Map<string, INodeExecutionData>;

	beforeAll(async () => {
		const at = { provider, baseUrl: server.baseUrl(provider), isOnce: false };
		once = new Map([
			...(await waitForHostile(namesOf(endless), { ...at, options: { maxWaitMinutes: 0.001 } })),
			...(await waitForHostile(namesOf(whole), { ...at, options: { maxConsecutiveFailures: 1 } })),
		]);
		const quick = namesOf([...retried, ...refused]);
		twice = await waitForHostile(quick, { ...at, isOnce: true, options: {} });
	}, 120_000);

	it.each(unread)('ends as an error that says what is wrong: %s', (name, { says }) => {
		expect(once.get(name)?.json.error).toMatch(says);
	});

	it.each(read)('is read all the same: %s', (name) => {
		expect(once.get(name)).toMatchObject({ json: { status: 'succeeded', isFinal: true } });
	});

	it('gives no outcome for any that cannot be read', () => {
		const outcomes = unread.filter(([name]) => once.get(name)?.json.wait !== undefined);
		expect(outcomes).toEqual([]);
	});

	it.each(retried)('is made again: %s', (name) => {
		expect(twice.get(name)).toMatchObject({ json: { status: 'succeeded' } });
	});

	it.each(refused)('is not made again: %s', (name, { says }) => {
		expect(twice.get(name)?.json.error).toMatch(says);
	});

	it('shows the key nowhere, whatever its letters have become', () => {
		const all = JSON.stringify([...once, ...twice]);
		expect(all.toLowerCase().includes(KEY.toLowerCase())).toBe(false);
	});

	it('shows no errors of the machine', () => {
		const all = [...once, ...twice].map(([, { json }]) => JSON.stringify(json.error ?? ''));
		expect(all.filter((text) => /call stack|primitive|TypeError|SyntaxError/.test(text))).toEqual(
			[],
		);
	});

	it('takes over no prototype', () => {
		expect(JSON.stringify(once.get('keys of a prototype'))).not.toContain('proto__');
		expect({}).not.toHaveProperty('polluted');
	});
});

describe('an answer that is cut off', () => {
	const packedIn: Record<string, (body: string) => Buffer> = {
		'after its length was told': (body) => answer('200 OK', body),
		'in chunks': (body) => {
			const half = Math.floor(body.length / 2);
			const chunks = [body.slice(0, half), body.slice(half), ''];
			const packed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
			return Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${packed.join('')}`);
		},
	};
	const at = { provider: 'geonode', isOnce: true, options: {} };
	const cases = Object.keys(packedIn).flatMap((how) => [
		[how, 'closed'],
		[how, 'reset'],
	]);

	it.each(cases)('%s, at any byte: the crawl is checked again (%s)', async (how, end) => {
		const { length } = packedIn[how]?.(server.bodyOf('geonode')) ?? [];
		const places = Array.from({ length }, (_, place) => place);
		server.use((place) => (body) => (socket) => {
			const part = packedIn[how]?.(body).subarray(0, place) ?? '';
			if (end === 'closed') socket.end(part);
			else socket.write(part, () => socket.resetAndDestroy());
		});
		const baseUrl = server.baseUrl('geonode');
		const items = await waitForPlaces(places, { ...at, baseUrl });
		server.use(null);
		const checks = items.map(({ json }) => (json.wait as { checks?: number } | undefined)?.checks);
		expect(checks).toEqual(places.map(() => 2));
	});
});

it('no redirect is followed', () => {
	expect(server.requestsElsewhere).toEqual([]);
});
