import { randomUUID } from 'node:crypto';

/*
 * The crawls of the hostile server: an id says which answer the crawl is given, and whether its
 * next check is answered as it should be. So the server has to be told nothing, and can be a process
 * of its own.
 */

export interface HostileJob {
	/** In the table of answers. */
	index: number;
	/** Whether only the first check is given the hostile answer. */
	isOnce: boolean;
}

/** A new id, in the form of a UUID. */
export function hostileJobId({ index, isOnce }: HostileJob): string {
	const end = `${isOnce ? 1 : 0}${index.toString(16).padStart(11, '0')}`;
	return `${randomUUID().slice(0, -end.length)}${end}`;
}

/** The id in the head of a request, which is the last UUID in it. */
export function jobIdIn(head: string): string {
	const [line = ''] = head.split('\r\n', 1);
	return line.match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g)?.at(-1) ?? '';
}

export function hostileJobOf(jobId: string): HostileJob {
	const end = jobId.slice(-12);
	return { index: Number.parseInt(end.slice(1), 16), isOnce: end.startsWith('1') };
}
