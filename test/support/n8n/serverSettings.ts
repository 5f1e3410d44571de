import { delimiter, join } from 'node:path';
import type { N8nInstallation } from './installation';

/**
 * `start` is n8n itself; in queue mode, `worker` runs its executions, and `webhook` takes the calls to
 * its webhooks.
 */
export type N8nCommand = 'start' | 'webhook' | 'worker';

export const HOST = '127.0.0.1';

/** Known, so that several processes can share one database. It protects made-up secrets only. */
const ENCRYPTION_KEY = 'n8n-nodes-crawl-jobs-tests';

export interface N8nAddress {
	installation: N8nInstallation;
	/** n8n keeps everything in `.n8n` below it. */
	userFolder: string;
	/** Of the editor and API, or of a worker's health check. */
	port: number;
	/** Of the task broker, which n8n's own task runner connects to. */
	brokerPort: number;
}

/**
 * The whole environment of an n8n process: it listens on the loopback address only, calls
 * nobody by itself and knows nothing of this machine's n8n or npm settings.
 */
export function n8nEnvironment(address: N8nAddress): Record<string, string> {
	const { installation, userFolder, port, brokerPort } = address;
	return {
		PATH: [join(installation.nodeFolder, 'bin'), process.env.PATH].join(delimiter),
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,

		N8N_HOST: HOST,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: HOST,
		N8N_SECURE_COOKIE: 'false',

		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
}
