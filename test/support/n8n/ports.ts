import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** A loopback port that nothing listens on: the preferred one when it is free. */
export async function freePort(preferred?: number): Promise<number> {
	const port = preferred === undefined ? null : await tryPort(preferred);
	return port ?? (await tryPort(0)) ?? fail();
}

/** @returns the port, which the system chooses for 0; null when it is taken */
async function tryPort(port: number): Promise<number | null> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(null));
		server.listen(port, HOST, () => {
			const address = server.address();
			const listening = typeof address === 'object' ? address?.port : undefined;
			server.close(() => resolve(listening ?? null));
		});
	});
}

function fail(): never {
	throw new Error(`No free port on ${HOST}`);
}
