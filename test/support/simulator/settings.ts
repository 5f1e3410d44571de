/** The credentials the simulator accepts. They open nothing but the simulator. */
export const credentials = {
	highLevel: { token: 'pit-simulator-token', locationId: 'simLocation000000001' },
	convocore: { workspaceSecret: 'simulator-workspace-secret', workspaceId: 'simWorkspace01' },
	geonode: { apiKey: 'simulator-geonode-key' },
	midPilot: { headerName: 'X-MidPilot-Key', headerValue: 'simulator-midpilot-key' },
	pathors: { developerKey: 'dk_simulator' },
} as const;

/** A HighLevel token which is valid but lacks the knowledge base scopes. */
export const TOKEN_WITHOUT_SCOPE = 'pit-no-scope';

/** A HighLevel OAuth2 app with tokens of the default location; the access token has expired. */
export const highLevelApp = {
	clientId: 'simulator-client',
	clientSecret: 'simulator-client-secret',
	accessToken: 'simulator-access-token',
	refreshToken: 'simulator-refresh-token',
} as const;

/** The ids that exist from the start; scripted jobs belong to them unless they say otherwise. */
export const defaultIds = {
	highLevel: {
		locationId: credentials.highLevel.locationId,
		knowledgeBaseId: 'simKnowledgeBase0001',
	},
	convocore: { workspaceId: credentials.convocore.workspaceId },
	midPilot: { sessionId: '550e8400-e29b-41d4-a716-446655440000' },
	pathors: { projectId: 'simProject1', knowledgeBaseId: 'simKnowledge1' },
} as const;
