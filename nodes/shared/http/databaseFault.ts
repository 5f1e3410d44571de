import { RequestFault } from '../errors';
import type { ErrorLink } from './errorChain';

/**
 * SQLite's codes for "not now", and the classes of Postgres' for lost connections, rollbacks, too few
 * resources, and an operator or a system that intervenes.
 * @see https://sqlite.org/rescode.html
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const CODES =
	/^(?:SQLITE_(?:BUSY|LOCKED|IOERR|CANTOPEN|PROTOCOL|FULL|NOMEM)\w*|(?:08|40|53|55|57|58)[\dA-Z]{3})$/;

/**
 * What n8n's database drivers say without a code (pg: `client.js`; pg-pool: `index.js`; tarn, SQLite's
 * pool: `TimeoutError`; @n8n/typeorm: `error/`; n8n-workflow: `db-connection-timeout-error.js`).
 */
const MESSAGES = [
	/^SQLITE_(?:BUSY|LOCKED|IOERR|CANTOPEN|PROTOCOL|FULL|NOMEM)\b/,
	/^Connection terminated/,
	/^timeout (?:expired|exceeded when trying to connect)$/,
	/^Query read timeout$/,
	/^Client (?:has encountered a connection error|was closed) and is not queryable$/,
	/^operation timed out for an unknown reason$/,
	/^Timeout waiting for lock \w+ to become available$/,
	/^Driver has already been released/,
	/^Connection with \w+ database is not established/,
	/^Could not establish database connection/,
];

/**
 * The fault behind an error that comes from n8n's own database, where n8n reads the credential for
 * every request; `null` for any other error. Nothing was sent then.
 */
export function databaseFault(chain: readonly ErrorLink[]): RequestFault | null {
	if (!chain.some(isFromDatabase)) return null;
	return new RequestFault('passing', 'n8n could not read the credential from its database', {
		advice: "Try again later. If it keeps failing, check n8n's database.",
	});
}

function isFromDatabase({ code, httpCode, message, description }: ErrorLink): boolean {
	const isCode = [code, httpCode].some((value) => typeof value === 'string' && CODES.test(value));
	// n8n's errors show a message of their own, and that of their cause as the description.
	const texts = [message, description].filter((text) => typeof text === 'string');
	return isCode || texts.some((text) => MESSAGES.some((pattern) => pattern.test(text)));
}
