import {
	listOf,
	objectOf,
	toCount,
	toIsoTime,
	toObject,
	toText,
	fieldsOf,
	fieldOf,
	asItIs,
	toExactText,
	type Reading,
} from '../shared/tolerant';
import type { SavedChunk, SavedDocument } from './outputSchemas';

/** What the results of a crawl say about it; `null` for missing values. */
export interface SavedResult {
	/** In snake_case, however the server writes it. */
	finishReason: string | null;
	savedPages: number | null;
	savedChunks: number | null;
}

const toResult = objectOf({
	finishReason: toText,
	// By the server's current code:
	savedDocumentationsCount: toCount,
	savedChunksCount: toCount,
	savedDocumentations: asItIs,
	// By its documentation:
	savedPagesCount: toCount,
	pageChunksCount: toCount,
	savedPages: toObject,
});

/** A document, under its address where the answer has it there. */
type Entry = [address: string | null, document: unknown];

/**
 * The documents in a result; `null` where it has no place for them. The server's current code has a
 * list; earlier versions have an object by address, under either name.
 */
function entriesOf({ savedDocumentations, savedPages }: Reading<typeof toResult>): Entry[] | null {
	if (Array.isArray(savedDocumentations)) {
		return listOf(toObject)(savedDocumentations).map((document): Entry => [null, document]);
	}
	const byAddress = savedPages ?? toObject(savedDocumentations);
	return byAddress && fieldsOf(byAddress);
}

/** Reads the `result` of a status answer, in each of its forms. The documents are only counted. */
export function readResult(result: unknown): SavedResult {
	const read = toResult(result);
	if (read === null) return { finishReason: null, savedPages: null, savedChunks: null };
	return {
		finishReason: read.finishReason?.toLowerCase().replaceAll('-', '_') ?? null,
		savedPages:
			read.savedDocumentationsCount ?? read.savedPagesCount ?? entriesOf(read)?.length ?? null,
		savedChunks: read.savedChunksCount ?? read.pageChunksCount,
	};
}

const toChunk = objectOf({
	chunkId: toText,
	url: toText,
	summary: toText,
	content: toExactText,
	metadata: asItIs,
	'@metadata': asItIs,
});

const toDocument = objectOf({
	docId: toText,
	title: toText,
	scrapedAt: toIsoTime,
	/** The current code has the chunks themselves; the documentation has their number. */
	chunks: asItIs,
	/** Of an earlier version, which had no chunks. */
	content: toExactText,
	summary: asItIs,
});

/** The documents in the `result` of a status answer, with their chunks. */
export function readDocuments(result: unknown): SavedDocument[] {
	const read = toResult(result);
	return (read === null ? [] : (entriesOf(read) ?? [])).map(([address, value]) => {
		const document = toDocument(value);
		const chunks = document === null ? [] : chunksOf(document, address);
		const isCounted = Array.isArray(document?.chunks) || chunks.length > 0;
		return {
			docId: document?.docId ?? null,
			url: address ?? chunks[0]?.url ?? null,
			title: document?.title ?? null,
			scrapedAt: document?.scrapedAt ?? null,
			chunkCount: isCounted ? chunks.length : toCount(document?.chunks),
			chunks,
		};
	});
}

function chunksOf(
	{ chunks, content, summary }: Reading<typeof toDocument>,
	url: string | null,
): SavedChunk[] {
	if (Array.isArray(chunks) || content === null) return listOf(toSavedChunk)(chunks);
	const ofWhole = toText(summary) ?? toText(fieldOf(summary, 'summary'));
	return [{ chunkId: null, url, summary: ofWhole, content, metadata: null }];
}

function toSavedChunk(value: unknown): SavedChunk | null {
	const read = toChunk(value);
	if (read === null) return null;
	const { '@metadata': newMetadata, metadata, ...chunk } = read;
	return { ...chunk, metadata: newMetadata ?? metadata ?? null };
}
