/** One page of a list. */
export interface ListPage<Entry> {
	entries: Entry[];
	/** The server said, or its page shows, that nothing follows. */
	isLast: boolean;
}

/**
 * All entries of a paged list, each once. Ends by itself: after the last page, and also when a
 * page brings nothing new, so that a server which repeats a page cannot hold it in a loop.
 * @param fetchPage fetches one page; pages count from 1
 * @param keyOf what makes an entry the same as another
 */
export async function* paginate<Entry>(
	fetchPage: (page: number) => Promise<ListPage<Entry>>,
	keyOf: (entry: Entry) => string,
): AsyncGenerator<Entry> {
	const seen = new Set<string>();
	for (let page = 1; ; page++) {
		const { entries, isLast } = await fetchPage(page);
		const before = seen.size;
		for (const entry of entries) {
			const key = keyOf(entry);
			if (seen.has(key)) continue;
			seen.add(key);
			yield entry;
		}
		if (isLast || seen.size === before) return;
	}
}

/** The first `limit` entries of a list; asks for no more pages than these need. */
export async function take<Entry>(entries: AsyncIterable<Entry>, limit: number): Promise<Entry[]> {
	const taken: Entry[] = [];
	if (limit <= 0) return taken;
	for await (const entry of entries) {
		taken.push(entry);
		if (taken.length >= limit) break;
	}
	return taken;
}
