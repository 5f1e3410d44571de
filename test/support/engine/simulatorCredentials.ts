import type { Simulator } from '../simulator';
import { highLevelApp } from '../simulator/settings';
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

/**
 * A HighLevel account that is connected by OAuth2, and whose access token has expired.
 * @param token what its answer held beside the tokens, or instead of them
 */
export function connectedHighLevel({ baseUrls }: Simulator, token: object = {}): CredentialValues {
	return {
		highLevelCrawlerOAuth2Api: {
			clientId: highLevelApp.clientId,
			clientSecret: highLevelApp.clientSecret,
			baseUrl: `${baseUrls.highLevel}/`,
			oauthTokenData: {
				access_token: highLevelApp.accessToken,
				refresh_token: highLevelApp.refreshToken,
				token_type: 'Bearer',
				...token,
			},
		},
	};
}
