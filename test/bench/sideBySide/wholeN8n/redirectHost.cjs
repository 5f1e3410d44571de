// Loaded into n8n before anything else: leads the TLS connections to one host to a port of this machine,
// as redirect.ts does in the process of the bench.
const { readFileSync } = require('node:fs');
const tls = require('node:tls');

const { BENCH_HOST: host, BENCH_PORT: port, BENCH_CERTIFICATE: file } = process.env;
const connect = tls.connect.bind(tls);
const ca = readFileSync(file, 'utf8');

tls.connect = (options, listener) =>
	options.host === host
		? connect({ ...options, host: '127.0.0.1', port, servername: host, ca }, listener)
		: connect(options, listener);
