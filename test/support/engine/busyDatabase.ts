import type { CredentialValues } from './credentialsHelper';

/**
 * Credentials that n8n reads from a database which is busy, as SQLite says it.
 * @param isBusy asked at each read
 */
export function inBusyDatabase(values: CredentialValues, isBusy: () => boolean): CredentialValues {
	return new Proxy(values, {
		get(target, name: string) {
			if (isBusy()) {
				throw Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });
			}
			return target[name];
		},
	});
}
