import type { FaultKind } from '../errors';

/** Statuses that name a moment's trouble: RFC 9110 (408, 5xx), RFC 8470 (425), RFC 6585 (429). */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** The kind of fault that an HTTP error status (400–599) stands for. */
export function faultKindOfStatus(httpStatus: number): FaultKind {
	if (httpStatus === 404 || httpStatus === 410) return 'missing';
	if (PASSING_STATUSES.has(httpStatus) || httpStatus >= 500) return 'passing';
	return 'permanent';
}
