import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../ports';
import { HOST } from '../serverSettings';
import { startServer, type LocalService } from './localService';
import { locateProgram } from './programs';

const PING_TIMEOUT_MS = 1_000;

/** A Redis server that starts empty and keeps its data in memory alone. */
export type Redis = LocalService;

/**
 * Starts a Redis server on a free loopback port.
 * @param folder for its log; created when it is missing
 * @throws MissingProgramError without Redis; Error with the end of the log when it does not start
 */
export async function startRedis(folder: string): Promise<Redis> {
	const program = locateRedis();
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const logFile = join(folder, 'redis.log');
	const address = ['--bind', HOST, '--port', String(port)];
	// Tests kill n8n, never Redis: nothing has to be on the disk.
	const persistence = ['--save', '', '--appendonly', 'no'];
	const stop = await startServer(
		{
			command: [program, ...address, ...persistence],
			cwd: folder,
			user: null,
			logFile,
		},
		async () => await answersPing(port),
		'SIGTERM',
	);
	return { host: HOST, port, logFile, stop };
}

function locateRedis(): string {
	return locateProgram({
		program: 'redis-server',
		folders: ['/usr/bin', '/opt/homebrew/bin', '/usr/local/bin'],
		packages: { debian: 'redis-server', homebrew: 'redis' },
	});
}

async function answersPing(port: number): Promise<boolean> {
	const socket = connect(port, HOST);
	try {
		socket.write('PING\r\n');
		const signal = AbortSignal.timeout(PING_TIMEOUT_MS);
		const [answer] = (await once(socket, 'data', { signal })) as [Buffer];
		return answer.toString().startsWith('+PONG');
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
