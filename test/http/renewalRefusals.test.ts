import type { RequestContext } from '../../nodes/shared/n8nEngine';
import { redactor } from '../../nodes/shared/http/redact';
import { tokenRenewal } from '../../nodes/shared/http/tokenRenewal';

/** A renewal that fails with an error of n8n's OAuth2 client, or of another version of it. */
async function renewalFailing(error: unknown) {
	const context = {
		helpers: { refreshOAuth2Token: async () => await Promise.reject(error as Error) },
	} as unknown as RequestContext;
	const renew = tokenRenewal(
		context,
		'type',
		'Example',
		async () => await Promise.resolve(redactor(['s3cret-12345'])),
	);
	return await renew().then(
		() => null,
		(fault: unknown) => fault,
	);
}

const refused = (body: unknown, status?: number, headers: Record<string, unknown> = {}) =>
	Object.assign(new Error('Unsupported content type'), {
		code: 'EAUTH',
		body,
		...(status !== undefined && { status, response: { status, headers } }),
	});

const AGAIN = 'Try again later. If it keeps failing, open the credential and connect it again.';
const RECONNECT = 'Open the credential and connect it again.';

describe('a token that could not be renewed', () => {
	it.each<[string, unknown, 'passing' | 'permanent']>([
		['invalid_grant', refused({ error: 'invalid_grant' }, 400), 'permanent'],
		['invalid_grant in a text', refused('{"error":"invalid_grant"}', 400), 'permanent'],
		['invalid_client, without a status', refused({ error: 'invalid_client' }), 'permanent'],
		['slow_down', refused({ error: 'slow_down' }, 429), 'passing'],
		['another refusal', refused({ message: 'No such app' }, 401), 'permanent'],
		['a status in the body', refused({ statusCode: 403 }), 'permanent'],
		['a status in the body, by another name', refused({ status: 503 }), 'passing'],
		['a status in the response alone', { response: { status: 403 } }, 'permanent'],
		['400', refused({}, 400), 'permanent'],
		['399', refused({}, 399), 'passing'],
		['200 without a token', refused({}, 200), 'passing'],
		['a success without a status', refused({}), 'passing'],
		['a web page', refused(' <html>', 403), 'passing'],
		['a text', refused('Forbidden', 403), 'permanent'],
		['null', refused('null', 403), 'permanent'],
		['nothing that came back', new Error('No refresh token'), 'permanent'],
		['a code of the client', Object.assign(new Error('x'), { code: 'ESTATUS' }), 'permanent'],
		['a connection that failed', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'passing'],
	])('after %s', async (_, error, kind) => {
		expect(await renewalFailing(error)).toMatchObject({ kind });
	});

	it.each<[string, unknown, string]>([
		['a description', { error: 'invalid_grant', error_description: 'Revoked' }, 'Revoked'],
		['a message', { message: 'No such app', error: 'Unauthorized' }, 'No such app'],
		['an error', { error: 'invalid_scope' }, 'invalid_scope'],
		['a secret', { error: 'invalid_grant', message: 's3cret-12345 is over' }, '[redacted] is over'],
	])('says what the server says: %s', async (_, body, says) => {
		const fault = await renewalFailing(refused(body, 400));
		expect(fault).toMatchObject({ advice: `${RECONNECT} Example says: ${says}` });
	});

	it.each<[string, unknown, string, string]>([
		['nothing', refused({}, 400), '', RECONNECT],
		['what is no text', refused({ message: 7 }, 400), '', RECONNECT],
		['a failure that passes', refused({}, 503), '', AGAIN],
		['a web page', refused('<html>', 400), ': the server returned a web page', AGAIN],
		['a text', refused('x', 400), '', RECONNECT],
	])('says what to do after %s', async (_, error, what, advice) => {
		expect(await renewalFailing(error)).toMatchObject({
			message: `The OAuth2 token of Example could not be renewed${what}`,
			advice,
		});
	});

	it('passes on the pause that the server asks for', async () => {
		const slow = refused({ error: 'slow_down' }, 429, { 'retry-after': '7' });
		expect(await renewalFailing(slow)).toMatchObject({ pauseMs: 7_000 });
		expect(await renewalFailing(refused({}, 429))).toMatchObject({ pauseMs: null });
		expect(await renewalFailing(new Error('No'))).toMatchObject({ pauseMs: null });
	});

	it('is renewed anew the next time', async () => {
		let tries = 0;
		const context = {
			helpers: {
				refreshOAuth2Token: async () =>
					await (++tries === 1 ? Promise.reject(refused({}, 503)) : Promise.resolve()),
			},
		} as unknown as RequestContext;
		const renew = tokenRenewal(
			context,
			'type',
			'Example',
			async () => await Promise.resolve(redactor([])),
		);
		await expect(Promise.all([renew(), renew()])).rejects.toMatchObject({ kind: 'passing' });
		await renew();
		expect(tries).toBe(2);
	});
});
