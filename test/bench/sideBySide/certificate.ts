import { generate } from 'selfsigned';

/** A certificate of a server, and its key. */
export interface Certificate {
	cert: string;
	key: string;
}

/** Makes a certificate for a host that nobody but this process is to trust. */
export async function certificateFor(host: string): Promise<Certificate> {
	const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
	});
	return { cert, key };
}
