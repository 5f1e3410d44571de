const MAX_LENGTH = 300;

/** Longer messages are cut before they are looked at, so that no server can keep n8n busy. */
const MAX_INPUT_LENGTH = 4_000;

const STACK_FRAMES = /\bat (?:async )?[^\s()]+ \(?[^\s()]*:\d+(?::\d+)?\)?/g;
const SOURCE_PATHS = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@-]+){2,}\.\w+:\d+(?::\d+)?/g;

const INTERNAL_HOST = [
	'localhost',
	'127(?:\\.\\d+){3}',
	'10(?:\\.\\d+){3}',
	'192\\.168(?:\\.\\d+){2}',
	'172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d+){2}',
	'169\\.254(?:\\.\\d+){2}',
	'\\[::1\\]',
	'(?:[\\w-]+\\.)+(?:internal|local|svc)',
].join('|');
const INTERNAL_ADDRESSES = new RegExp(
	`\\bhttps?://(?:${INTERNAL_HOST})(?![\\w.])\\S*|(?<![\\w.])(?:${INTERNAL_HOST})(?![\\w.])(?::\\d+)?`,
	'gi',
);

/**
 * A server's message made fit for a person: one line of at most 300 characters, without stack
 * traces, source paths and addresses of internal hosts.
 */
export function publicText(message: string): string {
	const line = message
		.slice(0, MAX_INPUT_LENGTH)
		.replace(/\s+/g, ' ')
		.replace(STACK_FRAMES, '')
		.replace(SOURCE_PATHS, '[path]')
		.replace(INTERNAL_ADDRESSES, '[internal address]')
		.replace(/ {2,}/g, ' ')
		.trim();
	return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1)}…`;
}
