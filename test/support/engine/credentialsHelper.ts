import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeCredentialsDetails,
	type INode,
	type INodeParameters,
	type INodeProperties,
	Workflow,
} from 'n8n-workflow';

import { nodeTypes } from './nodeTypes';
import { packageCredentials } from './packageTypes';

const types = new Map(packageCredentials.map((type) => [type.name, type]));

/** Further credential types. As in n8n, the last of a name counts. */
export function addCredentialTypes(added: readonly ICredentialType[]): void {
	for (const type of added) types.set(type.name, type);
}

/** Values of credentials by the name of their type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/** Stands in for a node where the fields of a credential are evaluated. */
const CREDENTIAL_NODE: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * Does for the engine what n8n's own helper does, with credentials from memory instead of the
 * database: fills in defaults, evaluates fields that read others, signs requests as the credential
 * type declares it, and keeps the tokens that n8n renews.
 */
export class MemoryCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly values: CredentialValues) {
		super();
	}

	getParentTypes(name: string): string[] {
		return types.get(name)?.extends ?? [];
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
		const headers = Object.entries(authenticate.properties.headers ?? {}).map(
			([name, value]): [string, string] => [
				resolve(workflow, name, credentials),
				resolve(workflow, value as string, credentials),
			],
		);
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
		if (this.values[typeName] === undefined) {
			throw new Error(`Credential with ID "${typeName}" does not exist for type "${typeName}".`);
		}
		const defaults = this.getCredentialsProperties(typeName).map(
			({ name, default: value }): [string, typeof value] => [name, value],
		);
		const data = {
			...Object.fromEntries(defaults),
			...this.values[typeName],
		} as INodeParameters;
		const workflow = new Workflow({
			nodes: [CREDENTIAL_NODE],
			connections: {},
			active: false,
			nodeTypes,
		});
		return workflow.expression.getComplexParameterValue(
			CREDENTIAL_NODE,
			data,
			'internal',
			{},
			undefined,
			undefined,
			data,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		_nodeCredentials: INodeCredentialsDetails,
		typeName: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.values[typeName] = { ...this.values[typeName], ...(oauthTokenData && { oauthTokenData }) };
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return requireType(typeName).properties;
	}
}

function requireType(name: string): ICredentialType {
	const type = types.get(name);
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
