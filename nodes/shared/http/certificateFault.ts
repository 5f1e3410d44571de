import { RequestFault } from '../errors';
import type { ErrorLink } from './errorChain';

interface Trouble {
	message: string;
	advice: string;
}

const UNTRUSTED: Trouble = {
	message: 'n8n does not trust the certificate of the server',
	advice:
		'It is self-signed, or issued by an authority that n8n does not know. Use a certificate from a public authority, or add its authority to n8n with the environment variable NODE_EXTRA_CA_CERTS.',
};

const WRONG_HOST: Trouble = {
	message: 'The certificate of the server was issued for another host name',
	advice:
		"In the 'Base URL' of the credential, enter the host name that the certificate was issued for.",
};

const EXPIRED: Trouble = {
	message: 'The certificate of the server is not valid at this time',
	advice:
		'Renew the certificate of the server, and check the clock of the machine that n8n runs on.',
};

const REFUSED: Trouble = {
	message: 'The certificate of the server cannot be accepted',
	advice: 'Ask whoever runs the server to check its certificate.',
};

/** Codes of Node's TLS (`tls.TLSSocket`) and OpenSSL's verification (`X509_V_ERR_…`). */
const CERTIFICATE_CODES: ReadonlyArray<readonly [RegExp, Trouble]> = [
	[/^(?:ERR_TLS_CERT_ALTNAME_\w+|(?:HOSTNAME|IP_ADDRESS|EMAIL)_MISMATCH)$/, WRONG_HOST],
	[/^(?:CERT|CRL)_(?:HAS_EXPIRED|NOT_YET_VALID)$/, EXPIRED],
	[
		/^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|CERT_UNTRUSTED|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)\w*)$/,
		UNTRUSTED,
	],
	[
		/^(?:CERT_\w+|CRL_\w+|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|UNABLE_TO_\w+|ERROR_IN_CERT_\w+|ERR_TLS_CERT\w+)$/,
		REFUSED,
	],
];

const PLAIN_SERVER: Trouble = {
	message: 'The server does not use https',
	advice:
		"If the service has no https, start the 'Base URL' in the credential with http://. Otherwise check its port.",
};

const TLS_SERVER: Trouble = {
	message: 'The server only accepts https',
	advice: "Start the 'Base URL' in the credential with https://.",
};

/** What OpenSSL says when what it reads is no TLS at all. */
const NO_TLS_TEXT = /wrong version number|packet length too long|http request|unknown protocol/i;
const NO_TLS_CODE =
	/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL)$/;

/** The first byte of a TLS alert, which a TLS server sends when it is spoken to in plain HTTP. */
const TLS_ALERT = 0x15;

/**
 * The permanent fault behind a connection that cannot come about until a person does something: a
 * certificate that is not accepted, or one side that speaks TLS while the other does not. `null`
 * for any other failure.
 */
export function certificateFault(
	chain: readonly ErrorLink[],
	code: string | null,
): RequestFault | null {
	const trouble = troubleOf(chain, code);
	return trouble && new RequestFault('permanent', trouble.message, { advice: trouble.advice });
}

function troubleOf(chain: readonly ErrorLink[], code: string | null): Trouble | null {
	const certificate = CERTIFICATE_CODES.find(([pattern]) => pattern.test(code ?? ''));
	if (certificate !== undefined) return certificate[1];
	const isTlsFailure = code === 'EPROTO' || code?.startsWith('ERR_SSL_') === true;
	const saysNoTls = chain.some(({ message }) => NO_TLS_TEXT.test(String(message)));
	if (NO_TLS_CODE.test(code ?? '') || (isTlsFailure && saysNoTls)) return PLAIN_SERVER;
	return chain.some(isTlsAlert) ? TLS_SERVER : null;
}

function isTlsAlert({ rawPacket }: ErrorLink): boolean {
	return rawPacket instanceof Uint8Array && rawPacket[0] === TLS_ALERT;
}
