import { AsyncLocalStorage } from 'node:async_hooks';
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls';

import { certificateFor, type Certificate } from './certificate';

type Connect = (options: ConnectionOptions, listener?: () => void) => TLSSocket;

/**
 * Leads the TLS connections of this process to a host, which somebody's code names itself, to this
 * machine. The code stays as it is: it opens its connection as ever, to the same name, and checks the
 * certificate of that name; only the socket ends elsewhere.
 */
export class Redirect {
	private readonly ports = new AsyncLocalStorage<number>();

	private constructor(readonly certificate: Certificate) {}

	static async of(host: string): Promise<Redirect> {
		const redirect = new Redirect(await certificateFor(host));
		const connect = tls.connect.bind(tls) as Connect;
		const { cert: ca } = redirect.certificate;
		const redirected: Connect = (options, listener) => {
			if (options.host !== host) return connect(options, listener);
			const port = redirect.ports.getStore();
			if (port === undefined) throw new Error(`Nothing stands in for ${host}`);
			return connect({ ...options, host: '127.0.0.1', port, servername: host, ca }, listener);
		};
		tls.connect = redirected as typeof tls.connect;
		return redirect;
	}

	/** Runs what connects to the host, and is to come to a port of the loopback address. */
	run<Result>(port: number, work: () => Result): Result {
		return this.ports.run(port, work);
	}
}
