import { fieldOf, objectOf, toExactText, toText, wholeListOf } from '../tolerant';

const toProblem = objectOf({ loc: toPlace, msg: toExactText }, 'loc', 'msg');
const toProblems = wholeListOf(toProblem);

/** More are not shown. */
const MAX_PROBLEMS = 20;

/**
 * What a FastAPI server says in the `detail` of an error: a text or, about values that it refuses,
 * a list whose entries name the field. `null` when the body is something else.
 */
export function fastApiDetail(body: unknown): string | null {
	const detail = fieldOf(body, 'detail');
	if (typeof detail === 'string') return detail;
	const problems = toProblems(detail);
	if (problems === null) return null;
	return problems
		.slice(0, MAX_PROBLEMS)
		.map(({ loc, msg }) => {
			const field = loc.slice(1, MAX_PROBLEMS).flatMap((part) => toText(part) ?? []);
			return `${field.join('.')}: ${msg}`;
		})
		.join('; ');
}

/** The path to the field, which can be missing. */
function toPlace(value: unknown): readonly unknown[] | null {
	if (value === undefined) return [];
	return Array.isArray(value) ? value : null;
}
