import { queueModeEnv } from './queueMode';

describe('queue mode', () => {
	const env = queueModeEnv(
		{ host: '127.0.0.1', port: 5001, database: 'postgres', user: 'n8n' },
		{ host: '127.0.0.1', port: 5002 },
	);

	it('is turned on', () => {
		expect(env.EXECUTIONS_MODE).toBe('queue');
	});

	it('keeps its data in the Postgres server', () => {
		expect(env).toMatchObject({
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: '5001',
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
		});
	});

	it('keeps its queue in the Redis server', () => {
		expect(env).toMatchObject({
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: '5002',
		});
	});
});
