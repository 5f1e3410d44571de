import { z } from 'zod/v3';

import { ApiError } from '../apiError';
import { credentials, highLevelApp } from '../settings';

const refreshSchema = z.object({
	grant_type: z.literal('refresh_token'),
	refresh_token: z.string(),
	client_id: z.string(),
	client_secret: z.string(),
});

/** The tokens of the OAuth2 app. A refresh gives two new ones and ends the old. */
export class HighLevelTokens {
	private generation = 0;

	/** Whether a request may be made with this Authorization header; not before the first refresh. */
	accept(authorization: string | undefined): boolean {
		return this.generation > 0 && authorization === `Bearer ${this.accessToken()}`;
	}

	/**
	 * Renews the tokens.
	 * @param form the parsed form of the request
	 * @throws ApiError 400 `invalid_grant` for any but the latest refresh token, 401 for another app
	 */
	refresh(form: unknown): object {
		const request = refreshSchema.safeParse(form);
		if (!request.success || request.data.refresh_token !== this.refreshToken()) {
			throw refused(400, 'invalid_grant', 'This refresh token is invalid');
		}
		const { client_id: id, client_secret: secret } = request.data;
		if (id !== highLevelApp.clientId || secret !== highLevelApp.clientSecret) {
			throw refused(401, 'invalid_client', 'Client authentication failed');
		}
		this.generation += 1;
		return {
			access_token: this.accessToken(),
			token_type: 'Bearer',
			expires_in: 86_399,
			refresh_token: this.refreshToken(),
			scope: 'knowledge-bases.readonly knowledge-bases.write',
			userType: 'Location',
			locationId: credentials.highLevel.locationId,
			companyId: 'simCompany1',
		};
	}

	private accessToken(): string {
		return `renewed-access-token-${this.generation}`;
	}

	private refreshToken(): string {
		return this.generation === 0
			? highLevelApp.refreshToken
			: `renewed-refresh-token-${this.generation}`;
	}
}

function refused(status: number, error: string, description: string): ApiError {
	return new ApiError(status, description, { body: { error, error_description: description } });
}
