import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Below what systems give to those who ask for any port, and to the near end of connections: n8n
 * listens seconds after its port was chosen, and again after each restart.
 */
const OWN_PORTS = [20_000, 32_000] as const;
const MAX_TRIES = 100;

/** A loopback port that nothing listens on: the preferred one when it is free. */
export async function freePort(preferred?: number): Promise<number> {
	if (preferred !== undefined && (await isFree(preferred))) return preferred;
	for (let tries = 0; tries < MAX_TRIES; tries++) {
		const port = randomInt(...OWN_PORTS);
		if (await isFree(port)) return port;
	}
	throw new Error(`No free port on ${HOST}`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, HOST, () => server.close(() => resolve(true)));
	});
}
