const MAX_LENGTH = 300;

/** Longer messages are cut before they are looked at, so that no server can keep n8n busy. */
const MAX_INPUT_LENGTH = 4_000;

const STACK_FRAMES = [
	// JavaScript and Java: at name (place:line:column), at name(File.java:line)
	/\bat [\w$.<>[\] ]{1,100} ?\([^()]{0,200}:\d+(?::\d+)?\)/g,
	// JavaScript without a name: at /place:line:column
	/\bat (?:async )?(?:file:\/\/|\/|[A-Za-z]:\\)[^\s()]{1,200}:\d+(?::\d+)?/g,
	// Python
	/Traceback \(most recent call last\):/g,
	/File "[^"]{1,200}", line \d+(?:, in [^\s,]+)?/g,
];
const SOURCE_PATHS =
	/(?<![\w/:.])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@-]{1,60}){2,20}\.\w{1,5}(?::\d+){1,2}/g;
/** Without a line number, only the roots of servers tell a file from a page of a website. */
const SERVER_PATHS =
	/(?<![\w/:.])\/(?:app|srv|usr|home|var|opt|root|tmp|etc|workspace)\/[^\s"'(),;]{1,200}/g;
/** Addresses with a user name and password in them, such as those of databases. */
const ADDRESSES_WITH_LOGIN = /\b[a-z][\w+.-]{1,20}:\/\/[^\s/@]{1,200}@\S+/gi;
const INTERNAL_HOST = [
	'localhost',
	'127(?:\\.\\d+){3}',
	'10(?:\\.\\d+){3}',
	'192\\.168(?:\\.\\d+){2}',
	'172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d+){2}',
	'169\\.254(?:\\.\\d+){2}',
	'0\\.0\\.0\\.0',
	'\\[(?:::1|f[cd][0-9a-f:]+)\\]',
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
	const flat = message
		.slice(0, MAX_INPUT_LENGTH)
		.replace(/\s+/g, ' ')
		.replace(ADDRESSES_WITH_LOGIN, '[internal address]');
	const line = STACK_FRAMES.reduce((text, frame) => text.replace(frame, ''), flat)
		.replace(SOURCE_PATHS, '[path]')
		.replace(SERVER_PATHS, '[path]')
		.replace(INTERNAL_ADDRESSES, '[internal address]')
		.replace(/ {2,}/g, ' ')
		.trim();
	return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1)}…`;
}
