import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunction,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { AdvisedError, RequestFault } from '../errors';
import type { ApiConventions } from '../http/api';
import { connect } from '../http/connection';
import { credentialTestContext } from '../n8nEngine';
import type { CrawlProvider } from '../provider';

/** The time for each request of a test, in milliseconds: somebody looks at a spinner meanwhile. */
const TIMEOUT_MS = 15_000;

/**
 * The test of a provider's credential, for `methods.credentialTest` of a node. A test that a credential
 * type declares passes for whatever answers with success, and shows the codes of Node's network for
 * anything else; this one says which field to look at.
 */
export function credentialTest(
	provider: CrawlProvider,
	timeoutMs = TIMEOUT_MS,
): ICredentialTestFunction {
	return async function ({ data = {} }) {
		return await testCredential(this, provider, data, timeoutMs);
	};
}

/** Tries a provider's credential, and says in the words of its dialog what came of it. */
async function testCredential(
	functions: ICredentialTestFunctions,
	provider: CrawlProvider,
	data: ICredentialDataDecryptedObject,
	timeoutMs: number,
): Promise<INodeCredentialTestResult> {
	const { credentialTest: own } = provider;
	try {
		const context = credentialTestContext(functions, data, own.sign);
		const { send, settings } = await connect(
			context,
			testConventions(provider),
			(_name, fallback) => fallback,
		);
		await own.run(async (request) => await send({ timeoutMs, ...request }), settings.defaults);
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: explainTestError(provider, error) };
	}
}

const CHECK_FIELDS = 'Check the fields of the credential.';

/** For statuses that are about what was entered: in a node, that is something else. */
const ADVICE: Readonly<Record<number, string>> = {
	400: CHECK_FIELDS,
	404: CHECK_FIELDS,
	422: CHECK_FIELDS,
};

/** How the API is reached in a test, where errors can mean something else than in a node. */
export function testConventions(provider: CrawlProvider): ApiConventions {
	const { credentialTest: own } = provider;
	return {
		...provider,
		explainError: (httpStatus, body) =>
			provider.explainError(httpStatus, body, own.advice?.[httpStatus] ?? ADVICE[httpStatus]),
	};
}

/** What the dialog of a credential says about an error of its test. */
export function explainTestError(
	{ displayName, credentialTest: { address } }: CrawlProvider,
	error: unknown,
): string {
	if (error instanceof RequestFault && error.isForeign) {
		return `This is not the address of the ${displayName} API. ${address}`;
	}
	// Another service can say that it has no such path in the same form as the provider.
	const isMaybeForeign = error instanceof RequestFault && error.httpStatus === 404;
	if (error instanceof AdvisedError) {
		return `${error.message}.${isMaybeForeign ? ` ${address}` : ''} ${error.advice}`;
	}
	return 'The test failed within n8n. Save the credential, and try it with a node.';
}
