import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INodeProperties,
	type Workflow,
} from 'n8n-workflow';

import { packageCredentials } from './packageTypes';

/** Values of credentials by the name of their type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/**
 * Does for the engine what n8n's own helper does, with credentials from memory instead of the
 * database: fills in defaults, and signs requests as the credential type declares it.
 */
export class MemoryCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly values: CredentialValues) {
		super();
	}

	getParentTypes(name: string): string[] {
		return packageCredentials.find((type) => type.name === name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		options: IHttpRequestOptions,
		workflow: Workflow,
	): Promise<IHttpRequestOptions> {
		const authenticate = requireType(typeName).authenticate;
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		const headers = Object.entries(authenticate.properties.headers ?? {}).map(([name, value]) => [
			resolve(workflow, name, credentials),
			resolve(workflow, String(value), credentials),
		]);
		return { ...options, headers: { ...options.headers, ...Object.fromEntries(headers) } };
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Tests have no encrypted credentials');
	}

	async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const defaults = this.getCredentialsProperties(typeName).map(({ name, default: value }) => [
			name,
			value,
		]);
		return { ...Object.fromEntries(defaults), ...this.values[typeName] };
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return requireType(typeName).properties;
	}
}

function requireType(name: string): ICredentialType {
	const type = packageCredentials.find((candidate) => candidate.name === name);
	if (type === undefined) throw new Error(`There is no credential type ${name} in the tests`);
	return type;
}

function resolve(
	workflow: Workflow,
	value: string,
	credentials: ICredentialDataDecryptedObject,
): string {
	const node = Object.values(workflow.nodes)[0];
	if (node === undefined) throw new Error('The workflow has no nodes');
	return String(
		workflow.expression.getSimpleParameterValue(node, value, 'internal', {
			$credentials: credentials,
		}),
	);
}
