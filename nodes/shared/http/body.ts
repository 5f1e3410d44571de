import { RequestFault } from '../errors';

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
