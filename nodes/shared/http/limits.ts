const MIB = 1024 * 1024;

/**
 * The most that an answer may weigh by default, unpacked, in bytes. The largest known one without
 * the content of pages is the status of a full knowledge base at one provider: 4,000 pages with an
 * address, a title and the error of each that failed, about 1 kB a page. With eight times as much, a
 * wait still ends.
 */
export const DEFAULT_MAX_BYTES = 32 * MIB;

/**
 * The same for answers that hold the content of pages: 100 pages, the most that is asked for at a
 * time, with 640 kB each. n8n keeps what it gives in memory several times over.
 */
export const CONTENT_MAX_BYTES = 64 * MIB;

/** Of an error, only a message is read. */
export const ERROR_MAX_BYTES = MIB;

/** The time for that message, in milliseconds, once the status is known, which tells the most. */
export const ERROR_BODY_TIMEOUT_MS = 3_000;

/** The time until an answer is there as a whole, in milliseconds, where the request says nothing else. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** How deep the lists and objects of an answer may lie in each other; the providers' do not reach 10. */
export const MAX_DEPTH = 100;

/**
 * How many values an answer may hold. A value takes some 100 bytes once it is parsed and time to be
 * read, however little it takes on the wire: a list of 1,000 crawls has about 20,000.
 */
export const MAX_VALUES = 1_000_000;
