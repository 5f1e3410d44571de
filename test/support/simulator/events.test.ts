import { startApi, type ScriptedApi } from '../listServer';
import { Events } from './events';

let receiver: ScriptedApi;

beforeEach(async () => {
	receiver = await startApi(() => ({ status: 202, body: {} }));
});

afterEach(async () => {
	await receiver.close();
});

it('reach their receiver, except for those that are lost, and some twice', async () => {
	const events = new Events();
	events.dropEvery = 3;
	events.doubleEvery = 5;
	for (let count = 1; count <= 15; count++) {
		await events.send({ url: receiver.url, headers: {}, body: '{}' });
	}
	// The 3rd, 6th, 9th, 12th and 15th are lost; the 5th and the 10th come twice.
	expect(events.counts).toEqual({ lost: 5, 202: 12 });
	expect(receiver.questions).toHaveLength(12);
});

it('are sent to nobody when nobody listens, and that is no error', async () => {
	const events = new Events();
	await receiver.close();
	await events.send({ url: receiver.url, headers: {}, body: '{}' });
	expect(events.counts).toEqual({ failed: 1 });
	receiver = await startApi(() => ({ body: {} }));
});
