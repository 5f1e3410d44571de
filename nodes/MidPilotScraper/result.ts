import {
	listOf,
	objectOf,
	toCount,
	toIsoTime,
	toObject,
	toText,
	fieldsOf,
	asItIs,
	wholeListOf,
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
	savedDocumentations: toDocumentations,
	// By its documentation:
	savedPagesCount: toCount,
	pageChunksCount: toCount,
	savedPages: toObject,
});

type ResultBody = Reading<typeof toResult>;

/** The server's current code has a list here; some versions have an object when it is empty. */
function toDocumentations(value: unknown): object[] | null {
	return wholeListOf(toObject)(toObject(value) === null ? value : Object.values(value as object));
}

/** Reads the `result` of a status answer, in each of its forms. The documents are only counted. */
export function readResult(result: unknown): SavedResult {
	const read = toResult(result);
	if (read === null) return { finishReason: null, savedPages: null, savedChunks: null };
	return {
		finishReason: read.finishReason?.toLowerCase().replaceAll('-', '_') ?? null,
		savedPages: read.savedDocumentationsCount ?? read.savedPagesCount ?? countDocuments(read),
		savedChunks: read.savedChunksCount ?? read.pageChunksCount,
	};
}

function countDocuments({ savedDocumentations, savedPages }: ResultBody): number | null {
	if (savedDocumentations !== null) return savedDocumentations.length;
	return savedPages === null ? null : fieldsOf(savedPages).length;
}

const toChunk = objectOf({
	chunkId: toText,
	url: toText,
	summary: toText,
	content: toText,
	metadata: asItIs,
	'@metadata': asItIs,
});

const toDocument = objectOf({ docId: toText, chunks: listOf(toSavedChunk) });
const toPage = objectOf({ title: toText, chunks: toCount, scrapedAt: toIsoTime });

/** The documents in the `result` of a status answer, with their chunks. */
export function readDocuments(result: unknown): SavedDocument[] {
	const { savedDocumentations = null, savedPages = null } = toResult(result) ?? {};
	if (savedDocumentations !== null) {
		return listOf(toDocument)(savedDocumentations).map(({ docId, chunks }) => ({
			docId,
			url: chunks[0]?.url ?? null,
			title: null,
			scrapedAt: null,
			chunkCount: chunks.length,
			chunks,
		}));
	}
	return fieldsOf(savedPages ?? {}).map(([url, value]) => {
		const page = toPage(value);
		return {
			docId: null,
			url,
			title: page?.title ?? null,
			scrapedAt: page?.scrapedAt ?? null,
			chunkCount: page?.chunks ?? null,
			chunks: [],
		};
	});
}

function toSavedChunk(value: unknown): SavedChunk | null {
	const read = toChunk(value);
	if (read === null) return null;
	const { '@metadata': newMetadata, metadata, ...chunk } = read;
	return { ...chunk, metadata: newMetadata ?? metadata ?? null };
}
