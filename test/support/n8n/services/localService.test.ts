import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd, startServer, type ServiceCommand } from './localService';

const isReady = () => Promise.resolve(true);
const isNotReady = () => Promise.resolve(false);

describe('a local server', () => {
	let cwd: string;

	beforeEach(() => {
		cwd = mkdtempSync(join(tmpdir(), 'local-service-'));
	});

	afterEach(() => rmSync(cwd, { recursive: true }));

	const shell = (script: string): ServiceCommand => ({
		command: ['sh', '-c', script],
		cwd,
		user: null,
		logFile: join(cwd, 'service.log'),
	});

	it('that ends before it is ready fails with the end of its log', async () => {
		const starting = startServer(shell('echo port is taken; exit 1'), isNotReady, 'SIGTERM');
		await expect(starting).rejects.toThrow(
			/^sh ended by itself\.\nThe end of .*\n.*port is taken$/,
		);
	});

	it('that does not exist fails', async () => {
		const missing: ServiceCommand = { ...shell(''), command: ['no-such-server'] };
		const starting = startServer(missing, isNotReady, 'SIGTERM');
		await expect(starting).rejects.toThrow('spawn no-such-server ENOENT');
	});

	it('can be stopped twice', async () => {
		const stop = await startServer(shell('exec sleep 60'), isReady, 'SIGTERM');
		await stop();
		await expect(stop()).resolves.toBeUndefined();
	});

	it('is prepared by a command whose failure comes with advice', async () => {
		const failing = runToEnd(shell('echo disk full; exit 3'), 'Make room.');
		await expect(failing).rejects.toThrow(/^sh failed\. Make room\.\nThe end of .*\n.*disk full$/);
	});
});
