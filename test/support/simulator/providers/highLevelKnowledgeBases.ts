import { ApiError } from '../apiError';
import { defaultIds } from '../settings';

interface KnowledgeBase {
	id: string;
	name: string;
	locationId: string;
	createdAt: string;
}

/** Names one knowledge base of one location. */
export interface KnowledgeBaseKey {
	locationId: string;
	knowledgeBaseId: string;
}

interface Listing {
	locationId: string;
	/** A part of the name. */
	query: string;
	limit: number;
	/** The cursor: the list goes on behind this one. */
	lastKnowledgeBaseId?: string | undefined;
}

const NAMES = ['Website', 'Help centre', 'Price list'];

/** The knowledge bases of all locations. */
export class HighLevelKnowledgeBases {
	private readonly all: KnowledgeBase[] = [];

	constructor() {
		const { locationId, knowledgeBaseId } = defaultIds.highLevel;
		NAMES.forEach((name, index) => {
			const id = index === 0 ? knowledgeBaseId : `simKnowledgeBase000${index + 1}`;
			this.add({ locationId, knowledgeBaseId: id }, name);
		});
	}

	/** Adds a knowledge base, unless it is there. */
	add(key: KnowledgeBaseKey, name: string): void {
		if (this.has(key)) return;
		const { locationId, knowledgeBaseId: id } = key;
		this.all.push({ id, name, locationId, createdAt: new Date().toISOString() });
	}

	/** @throws ApiError 403 for an unknown location, 404 for an unknown knowledge base */
	require(key: KnowledgeBaseKey): void {
		this.requireLocation(key.locationId);
		if (!this.has(key)) throw new ApiError(404, 'Knowledge base not found');
	}

	/** @throws ApiError 403 for an unknown location */
	list({ locationId, query, limit, lastKnowledgeBaseId }: Listing): object {
		this.requireLocation(locationId);
		const matching = this.all.filter(
			(base) => base.locationId === locationId && base.name.includes(query),
		);
		const start = 1 + matching.findIndex(({ id }) => id === lastKnowledgeBaseId);
		const slice = matching.slice(start, start + limit);
		return {
			knowledgeBases: slice.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
			activeCount: matching.length,
			hasMore: start + limit < matching.length,
			lastKnowledgeBaseId: slice.at(-1)?.id ?? null,
		};
	}

	private has({ locationId, knowledgeBaseId }: KnowledgeBaseKey): boolean {
		return this.all.some((base) => base.id === knowledgeBaseId && base.locationId === locationId);
	}

	private requireLocation(locationId: string): void {
		if (!this.all.some((base) => base.locationId === locationId)) {
			throw new ApiError(403, 'The token does not have access to this location.');
		}
	}
}
