import type { Postgres } from './postgres';
import type { Redis } from './redis';

/**
 * The settings that an n8n and its workers share in queue mode. All processes also need the same
 * `N8N_ENCRYPTION_KEY`.
 */
export function queueModeEnv(
	postgres: Pick<Postgres, 'host' | 'port' | 'database' | 'user'>,
	redis: Pick<Redis, 'host' | 'port'>,
): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',

		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,

		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),

		// In minutes. By default n8n looks only every 3 hours for executions that have no job in the
		// queue. It takes those for lost that have none yet: sub-workflows never get one, and read as
		// crashed until they end; one that is just being resumed is lost for good. So not too often.
		N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '5',
		// As n8n recommends, and will do by default: manual executions run on the workers as well.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
}
