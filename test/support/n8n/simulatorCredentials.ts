import type { N8nClient } from './client';
import { packageCredentials } from '../engine/packageTypes';
import { simulatorCredentials } from '../engine/simulatorCredentials';
import type { Simulator } from '../simulator';
import type { CredentialsByType } from './exampleWorkflow';

/** Creates the credentials that open the simulated providers. */
export async function createCredentials(
	n8n: N8nClient,
	simulator: Simulator,
): Promise<CredentialsByType> {
	const dataByType = simulatorCredentials(simulator);
	const created: CredentialsByType = {};
	for (const [type, data] of Object.entries(dataByType)) {
		const name = packageCredentials.find((credential) => credential.name === type)?.displayName;
		created[type] = await n8n.createCredential(`${name ?? type} (simulated)`, type, data);
	}
	return created;
}
