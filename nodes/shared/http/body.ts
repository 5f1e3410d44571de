import { RequestFault } from '../errors';
import { MAX_DEPTH, MAX_VALUES } from './limits';

/** An answer's body, unpacked, as it arrives. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

export function isBodyStream(value: unknown): value is BodyStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** So many pieces become one: they can be as many as the bytes, and each takes more memory than a byte. */
const MOST_PIECES = 1_000;

/**
 * Reads a body to its end, and never more of it than is allowed: what is packed into few bytes may
 * unpack to as many as fill the memory.
 * @param maxBytes the most that it may weigh, unpacked
 * @param signal ends the reading
 * @throws {RequestFault} of kind `passing` when it is larger, or breaks off
 */
export async function readText(
	stream: BodyStream,
	maxBytes: number,
	signal: AbortSignal,
): Promise<string> {
	const close = () => stream.destroy();
	signal.addEventListener('abort', close);
	try {
		const joined: Uint8Array[] = [];
		let pieces: Uint8Array[] = [];
		let size = 0;
		for await (const piece of stream) {
			size += piece.length;
			if (size > maxBytes) throw tooLarge(maxBytes);
			if (pieces.push(piece) < MOST_PIECES) continue;
			joined.push(Buffer.concat(pieces));
			pieces = [];
		}
		return withoutByteOrderMark(Buffer.concat([...joined, ...pieces], size).toString());
	} catch (error) {
		throw error instanceof RequestFault || signal.aborted ? error : brokenOff();
	} finally {
		signal.removeEventListener('abort', close);
		close();
	}
}

function withoutByteOrderMark(text: string): string {
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function brokenOff(): RequestFault {
	return new RequestFault('passing', 'The connection was closed before the response was complete', {
		advice: 'Try again later. If it keeps failing, check the network between n8n and the service.',
		isUncertain: true,
	});
}

function tooLarge(maxBytes: number): RequestFault {
	const limit = `${Math.floor(maxBytes / 1024 / 1024)} MB`;
	return new RequestFault(
		'passing',
		`The response is larger than ${limit}, the limit for this request`,
		{
			advice:
				"Check the 'Base URL' in the credential: the provider does not normally return this much for this request.",
			isUncertain: true,
		},
	);
}

/** A text that is no usable JSON. */
export interface NoJson {
	isJson: false;
	/** What it is instead, as the end of a sentence. */
	description: string;
	isPage: boolean;
	/** Its first characters, with whatever secrets are in them. */
	start: string;
}

export type ParsedText = { isJson: true; value: unknown } | NoJson;

/**
 * Parses a body. JSON that is too deep or has too many values is not parsed, since what reads it
 * later would run out of stack, memory or time. A text without anything is `null`.
 */
export function parseText(text: string): ParsedText {
	if (text.trim() === '') return { isJson: true, value: null };
	const excess = excessOf(text);
	if (excess !== null) return noJson(excess, text);
	try {
		return { isJson: true, value: JSON.parse(text) as unknown };
	} catch {
		return noJson(describeText(text), text);
	}
}

const START_LENGTH = 1_000;

/** What stands for a body that could not be read. */
export const UNREADABLE = noJson('a response that could not be read', '');

function noJson(description: string, text: string): NoJson {
	const start = text.slice(0, START_LENGTH).trimStart();
	return { isJson: false, description, isPage: start.startsWith('<'), start };
}

function describeText(text: string): string {
	const start = text.trimStart();
	if (start.startsWith('<')) return 'a web page instead of JSON';
	return /^[{[]/.test(start) ? 'damaged or incomplete JSON' : 'plain text instead of JSON';
}

/** What a JSON text has too much of; `null` for nothing, and for what is no JSON. */
function excessOf(text: string): string | null {
	if (!/^\s*[{[]/.test(text)) return null;
	let depth = 0;
	let values = 1;
	for (let at = 0; at < text.length; at++) {
		// By their codes: most of the time for a large body would go into making texts of characters.
		switch (text.charCodeAt(at)) {
			case 0x22: // "
				at = endOfString(text, at);
				break;
			case 0x5b: // [
			case 0x7b: // {
				depth++;
				values++;
				if (depth > MAX_DEPTH) return `JSON that is more than ${MAX_DEPTH} levels deep`;
				break;
			case 0x5d: // ]
			case 0x7d: // }
				depth--;
				break;
			case 0x2c: // ,
				values++;
				break;
		}
		if (values > MAX_VALUES) return `JSON of more than ${MAX_VALUES.toLocaleString('en')} values`;
	}
	return null;
}

/** Where a string that begins at a place ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let before = at - 1;
		while (text.charCodeAt(before) === 0x5c) before--;
		// Backslashes in pairs escape each other, and not the quote.
		if ((at - 1 - before) % 2 === 0) return at;
	}
	return text.length;
}
