interface Entry<Item> {
	item: Item;
	at: number;
	/** Of items with the same time, the first to come is the first to go. */
	turn: number;
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
	return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}

/**
 * Items in the order of their times: a binary heap that knows where each item stands, so that ten
 * thousand waits cost little more per check than ten.
 */
export class DueQueue<Item> {
	private readonly heap: Entry<Item>[] = [];
	private readonly places = new Map<Item, number>();
	private turns = 0;

	/** The earliest item; `undefined` without one. */
	get first(): Readonly<Entry<Item>> | undefined {
		return this.heap[0];
	}

	/** Adds an item, or moves it to another time. One that is never due is not kept. */
	set(item: Item, at: number): void {
		this.delete(item);
		if (at === Infinity) return;
		this.rise({ item, at, turn: this.turns++ }, this.heap.length);
	}

	delete(item: Item): void {
		const place = this.places.get(item);
		if (place === undefined) return;
		this.places.delete(item);
		const last = this.heap.pop();
		if (last === undefined || last.item === item) return;
		this.sink(last, this.rise(last, place));
	}

	/** Takes out the earliest item, if its time has come. */
	take(now = Infinity): Item | undefined {
		const { first } = this;
		if (first === undefined || first.at > now) return undefined;
		this.delete(first.item);
		return first.item;
	}

	/** Puts an entry at a place that is free, or as far above it as it belongs; returns where. */
	private rise(entry: Entry<Item>, from: number): number {
		let place = from;
		while (place > 0) {
			const above = (place - 1) >> 1;
			const parent = this.heap[above];
			if (parent === undefined || isBefore(parent, entry)) break;
			this.put(parent, place);
			place = above;
		}
		this.put(entry, place);
		return place;
	}

	private sink(entry: Entry<Item>, from: number): void {
		let place = from;
		for (;;) {
			const [left, right] = [this.heap[2 * place + 1], this.heap[2 * place + 2]];
			const isRight = right !== undefined && left !== undefined && isBefore(right, left);
			const child = isRight ? right : left;
			if (child === undefined || isBefore(entry, child)) break;
			this.put(child, place);
			place = 2 * place + (isRight ? 2 : 1);
		}
		this.put(entry, place);
	}

	private put(entry: Entry<Item>, place: number): void {
		this.heap[place] = entry;
		this.places.set(entry.item, place);
	}
}
