import { readFileSync } from 'node:fs';

/** An account of this machine. */
export interface SystemUser {
	name: string;
	uid: number;
	gid: number;
}

const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * Who a server that refuses to run as root is to run as; null when this process is not root, so
 * that the server can run as the same user.
 * @throws Error when root has neither of the accounts `postgres` and `nobody` to use
 */
export function unprivilegedUser(): SystemUser | null {
	if (process.getuid?.() !== 0) return null;
	const users = parseUsers(readFileSync('/etc/passwd', 'utf8'));
	for (const name of UNPRIVILEGED) {
		const user = users.find((candidate) => candidate.name === name);
		if (user) return user;
	}
	throw new Error(`/etc/passwd has none of the accounts ${UNPRIVILEGED.join(', ')}.`);
}

/** The accounts in a text of the form of `/etc/passwd`. */
export function parseUsers(passwd: string): SystemUser[] {
	const accounts = passwd.matchAll(/^([^:#\n]+):[^:\n]*:(-?\d+):(-?\d+):/gm);
	return Array.from(accounts, ([, name = '', uid, gid]) => ({
		name,
		uid: Number(uid),
		gid: Number(gid),
	}));
}
