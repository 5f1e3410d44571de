import type { Simulator } from '../simulator';
import type { CredentialValues } from './credentialsHelper';

/** A working credential for each provider of the simulator. */
export function simulatorCredentials({ baseUrls, credentials }: Simulator): CredentialValues {
	return {
		highLevelPrivateIntegrationApi: { ...credentials.highLevel, baseUrl: baseUrls.highLevel },
		convocoreCrawlerApi: {
			...credentials.convocore,
			region: 'custom',
			baseUrl: baseUrls.convocore,
		},
		geonodeScraperApi: { ...credentials.geonode, baseUrl: baseUrls.geonode },
		midPilotApi: { ...credentials.midPilot, baseUrl: baseUrls.midPilot },
		pathorsDeveloperApi: { ...credentials.pathors, baseUrl: baseUrls.pathors },
	};
}
