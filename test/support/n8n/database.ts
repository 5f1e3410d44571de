import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { N8nInstallation } from './installation';

/** What SQLite knows as a value, except for binary ones. */
export type SqlValue = string | number | null;

export type Row = Record<string, SqlValue>;

/** One statement of SQL, with a value for each `?` in it. */
export interface Statement {
	sql: string;
	values?: SqlValue[];
}

/** For n8n's Node, since the Node of the scripts and tests may be too old to have SQLite built in. */
const PROGRAM = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1]);
	const statements = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
	database.exec('BEGIN');
	const results = statements.map(({ sql, values = [] }) => database.prepare(sql).all(...values));
	database.exec('COMMIT');
	database.close();
	process.stdout.write(JSON.stringify(results));
`;

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Runs statements on the SQLite database of an n8n that is stopped: all of them or, when one fails,
 * none.
 * @param userFolder of that n8n
 * @returns the rows that each statement gives
 */
export function runStatements(
	{ nodeFolder }: N8nInstallation,
	userFolder: string,
	statements: readonly Statement[],
): Row[][] {
	const answer = execFileSync(
		join(nodeFolder, 'bin', 'node'),
		['--no-warnings', '-e', PROGRAM, join(userFolder, '.n8n', 'database.sqlite')],
		{
			input: JSON.stringify(statements),
			encoding: 'utf8',
			maxBuffer: MAX_ANSWER_BYTES,
		},
	);
	return JSON.parse(answer) as Row[][];
}

/** The statement that adds a row to a table. */
export function insertion(table: string, row: Row): Statement {
	const columns = Object.keys(row);
	const names = columns.map((column) => `"${column}"`).join(', ');
	const marks = columns.map(() => '?').join(', ');
	return { sql: `INSERT INTO "${table}" (${names}) VALUES (${marks})`, values: Object.values(row) };
}
