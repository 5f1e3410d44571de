const MAX_LENGTH = 300;

/** Longer messages are cut before they are looked at, so that no server can keep n8n busy. */
const MAX_INPUT_LENGTH = 4_000;

/*
 * Cleaning takes time in proportion to the text: every repetition below has a bound, and a pattern
 * that may begin anywhere begins only where the characters that it is made of begin.
 */

/** Line breaks, control characters, and those that turn the direction of what follows. */
const UNPRINTABLE = /[\s\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const STACK_FRAMES = [
	// .NET: at Name.Space.Method(arguments) in place:line 12
	/\bat [\w$.<>`[\] ]{1,100}\([^()]{0,200}\) in \S{1,200}:line \d{1,7}/g,
	// JavaScript and Java: at name (place:line:column), at name(File.java:line)
	/\bat [\w$.<>[\] ]{1,100}\([^()]{0,200}:\d{1,7}(?::\d{1,7})?\)/g,
	// JavaScript without a name: at /place:line:column
	/\bat (?:async )?(?:file:\/\/|\/|[A-Za-z]:\\)[^\s()]{1,200}:\d{1,7}(?::\d{1,7})?/g,
	// Python
	/Traceback \(most recent call last\):/g,
	/File "[^"]{1,200}", line \d{1,7}(?:, in [^\s,;]{1,100})?/g,
];
const SOURCE_PATHS =
	/(?<![\w/:.@\\-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@-]{1,60}){2,20}\.\w{1,5}(?::\d{1,7}){1,2}/g;
/** Without a line number, only the roots of servers tell a file from a page of a website. */
const SERVER_PATHS =
	/(?<![\w/:.])\/(?:app|srv|usr|home|var|opt|root|tmp|etc|workspace)\/[^\s"'(),;]{1,200}/g;
/** Addresses with a user name and password in them, such as those of databases. */
const ADDRESSES_WITH_LOGIN = /\b[a-z][\w+.-]{1,20}:\/\/[^\s/@]{1,200}@\S{1,2000}/gi;
const INTERNAL_HOST = [
	'localhost',
	'127(?:\\.\\d{1,3}){3}',
	'10(?:\\.\\d{1,3}){3}',
	'192\\.168(?:\\.\\d{1,3}){2}',
	'172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}',
	'169\\.254(?:\\.\\d{1,3}){2}',
	'0\\.0\\.0\\.0',
	'\\[(?:::1|f(?:[cd]|e80)[0-9a-f:]{1,45})\\]',
	'(?:[\\w-]{1,63}\\.){1,10}(?:internal|local|svc)',
].join('|');
const INTERNAL_ADDRESSES = new RegExp(
	`\\bhttps?://(?:${INTERNAL_HOST})(?![\\w.])\\S{0,2000}|(?<![\\w.-])(?:${INTERNAL_HOST})(?![\\w.])(?::\\d{1,5})?`,
	'gi',
);
/** What is left of a list when one of its entries was nothing but a stack frame. */
const EMPTY_ENTRIES = /^(?: ?;)+ ?|(?<=;)(?: ?;)+| ?;(?= ?$)/g;

/**
 * A server's message made fit for a person: one line of at most 300 characters, without
 * stack traces, source paths and addresses of internal hosts.
 */
export function publicText(message: string): string {
	return publicTextWithin(MAX_LENGTH, message);
}

/** The same, of at most `maxLength` characters. */
export function publicTextWithin(maxLength: number, message: string): string {
	const flat = message
		.slice(0, MAX_INPUT_LENGTH)
		.replace(UNPRINTABLE, ' ')
		.replace(ADDRESSES_WITH_LOGIN, '[internal address]');
	const line = STACK_FRAMES.reduce((text, frame) => text.replace(frame, ''), flat)
		.replace(SOURCE_PATHS, '[path]')
		.replace(SERVER_PATHS, '[path]')
		.replace(INTERNAL_ADDRESSES, '[internal address]')
		.replace(/ {2,}/g, ' ')
		.replace(EMPTY_ENTRIES, '')
		.trim();
	return cutText(line, maxLength);
}

/** A text of at most `maxLength` characters, which does not end in the middle of one. */
export function cutText(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	return `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
