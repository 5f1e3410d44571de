import { DueQueue } from '../../nodes/shared/waiting/dueQueue';
import { seededRandom } from '../bench/random';

const drained = (queue: DueQueue<string>, now?: number) => {
	const items: string[] = [];
	for (let next = queue.take(now); next !== undefined; next = queue.take(now)) items.push(next);
	return items;
};

describe('a queue by time', () => {
	it('gives its items in the order of their times, whatever was moved or deleted before', () => {
		const random = seededRandom(1);
		const queue = new DueQueue<string>();
		const times = new Map<string, number>();
		for (let step = 0; step < 5_000; step++) {
			const item = String(Math.floor(random() * 300));
			if (random() < 0.2) {
				queue.delete(item);
				times.delete(item);
			} else {
				const at = random();
				queue.set(item, at);
				times.set(item, at);
			}
		}
		const ordered = [...times].sort(([, a], [, b]) => a - b).map(([item]) => item);
		expect(drained(queue)).toEqual(ordered);
	});

	it('gives items of the same time in the order in which they came', () => {
		const queue = new DueQueue<string>();
		for (const item of ['a', 'b', 'c', 'd', 'e']) queue.set(item, 1);
		expect(drained(queue)).toEqual(['a', 'b', 'c', 'd', 'e']);
	});

	it('gives none before its time', () => {
		const queue = new DueQueue<string>();
		queue.set('later', 2);
		queue.set('now', 1);
		expect(drained(queue, 1)).toEqual(['now']);
		expect(queue.first).toMatchObject({ item: 'later', at: 2 });
	});

	it('does not keep what is never due', () => {
		const queue = new DueQueue<string>();
		queue.set('never', 1);
		queue.set('never', Infinity);
		expect(queue.first).toBeUndefined();
	});
});
