import type { N8nClient } from './client';
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
		created[type] = await n8n.createCredential(`Simulated ${type}`, type, data);
	}
	return created;
}
