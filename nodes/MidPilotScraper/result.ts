import { z } from 'zod/v3';

import { count, isoTime, listOf, text } from '../shared/tolerant';
import type { SavedChunk, SavedDocument } from './outputSchemas';

/** The results of a crawl; `null` for missing values. */
export interface SavedResult {
	/** In snake_case, however the server writes it. */
	finishReason: string | null;
	savedPages: number | null;
	savedChunks: number | null;
	documents: SavedDocument[];
}

const chunkSchema = z
	.object({
		chunkId: text,
		url: text,
		summary: text,
		content: text,
		metadata: z.unknown(),
		'@metadata': z.unknown(),
	})
	.transform(({ '@metadata': newMetadata, metadata, ...chunk }): SavedChunk => {
		return { ...chunk, metadata: newMetadata ?? metadata ?? null };
	});

/** The server's current code has a list here; some versions have an object when it is empty. */
const documentations = z.preprocess(
	(value) => (typeof value === 'object' && value !== null ? Object.values(value) : value),
	z
		.array(z.object({ docId: text, chunks: listOf(chunkSchema) }))
		.nullable()
		.catch(null),
);

const page = z
	.object({ title: text, chunks: count, scrapedAt: isoTime })
	.catch({ title: null, chunks: null, scrapedAt: null });

const resultSchema = z.object({
	finishReason: text,
	// By the server's current code:
	savedDocumentationsCount: count,
	savedChunksCount: count,
	savedDocumentations: documentations,
	// By its documentation:
	savedPagesCount: count,
	pageChunksCount: count,
	savedPages: z.record(page).nullable().catch(null),
});

type ResultBody = z.output<typeof resultSchema>;

/** Reads the `result` of a status answer, in each of its forms. */
export function readResult(result: unknown): SavedResult {
	const { data } = resultSchema.safeParse(result);
	if (data === undefined) {
		return { finishReason: null, savedPages: null, savedChunks: null, documents: [] };
	}
	const documents = documentsOf(data);
	return {
		finishReason: data.finishReason?.toLowerCase().replaceAll('-', '_') ?? null,
		savedPages: data.savedDocumentationsCount ?? data.savedPagesCount ?? documents?.length ?? null,
		savedChunks: data.savedChunksCount ?? data.pageChunksCount,
		documents: documents ?? [],
	};
}

function documentsOf({ savedDocumentations, savedPages }: ResultBody): SavedDocument[] | null {
	if (savedDocumentations !== null) {
		return savedDocumentations.map(({ docId, chunks }) => ({
			docId,
			url: chunks[0]?.url ?? null,
			title: null,
			scrapedAt: null,
			chunkCount: chunks.length,
			chunks,
		}));
	}
	if (savedPages === null) return null;
	return Object.entries(savedPages).map(([url, { title, chunks, scrapedAt }]) => {
		return { docId: null, url, title, scrapedAt, chunkCount: chunks, chunks: [] };
	});
}
