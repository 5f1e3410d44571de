import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../ports';
import { HOST } from '../serverSettings';
import { runToEnd, startServer, type LocalService } from './localService';
import { locateProgram, versionedBinFolders } from './programs';
import { unprivilegedUser, type SystemUser } from './systemUser';

/** Within the folder that a server is given. */
const DATA_FOLDER = 'data';
const USER = 'n8n';
/** The database that every new server has. */
const DATABASE = 'postgres';

/** Settings of the server, each with what it is for. */
const SETTINGS = {
	listen_addresses: HOST,
	// Nobody needs a socket in a folder, and its path would have to be shorter than 100 bytes.
	unix_socket_directories: '',
	// For many n8n processes, each with connections of its own.
	max_connections: '200',
	// Tests kill n8n, never the machine: what Postgres has written survives in the system's cache.
	fsync: 'off',
};

const INITDB_FLAGS = [
	`--username=${USER}`,
	'--auth=trust',
	'--encoding=UTF8',
	'--no-locale',
	// As with fsync.
	'--no-sync',
];

/** A Postgres server with an empty database. Whoever reaches the port needs no password. */
export interface Postgres extends LocalService {
	database: string;
	user: string;
}

/**
 * Creates a database in a folder and starts a Postgres server for it on a free loopback port.
 * Root runs it as `postgres` or `nobody`, since Postgres refuses root, and gives that account the
 * folder; the account must be able to enter the folder's parents.
 * @param folder empty, or missing and then created
 * @throws MissingProgramError without Postgres; Error with the end of the log when it does not start
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const bin = locatePostgres();
	const user = unprivilegedUser();
	prepareFolder(folder, user);
	const logFile = join(folder, 'postgres.log');

	const common = { cwd: folder, user, logFile };
	await runToEnd(
		{ ...common, command: [join(bin, 'initdb'), `--pgdata=${DATA_FOLDER}`, ...INITDB_FLAGS] },
		`Can the user ${user?.name ?? 'that you are'} write to ${folder}, and enter its parents?`,
	);
	const port = await freePort();
	const settings = Object.entries(SETTINGS).map(([name, value]) => `--${name}=${value}`);
	const stop = await startServer(
		{
			...common,
			command: [join(bin, 'postgres'), '-D', DATA_FOLDER, `--port=${port}`, ...settings],
		},
		async () => await acceptsConnections(join(bin, 'pg_isready'), port),
		// Ends the sessions that are still open; on SIGTERM, Postgres waits for them to end.
		'SIGINT',
	);
	return { host: HOST, port, database: DATABASE, user: USER, logFile, stop };
}

/** The folder with all of the server's programs. */
function locatePostgres(): string {
	const initdb = locateProgram({
		// The clients alone come without it.
		program: 'initdb',
		folders: [
			...versionedBinFolders('/usr/lib/postgresql'),
			...versionedBinFolders('/opt/homebrew/opt', 'postgresql@'),
			...versionedBinFolders('/usr/local/opt', 'postgresql@'),
		],
		packages: { debian: 'postgresql', homebrew: 'postgresql' },
	});
	// What stands in PATH may be a link to this program alone.
	return dirname(realpathSync(initdb));
}

function prepareFolder(folder: string, user: SystemUser | null): void {
	mkdirSync(folder, { recursive: true });
	if (!user) return;
	chownSync(folder, user.uid, user.gid);
	chmodSync(folder, 0o700);
}

async function acceptsConnections(pgIsReady: string, port: number): Promise<boolean> {
	const target = [`--host=${HOST}`, `--port=${port}`, `--username=${USER}`, `--dbname=${DATABASE}`];
	return await new Promise((resolve) => {
		execFile(pgIsReady, target, (error) => resolve(!error));
	});
}
