import { readHeaderValue } from '../shared/credentialInput';
import { InvalidInputError } from '../shared/errors';
import type { Push } from '../shared/push';
import type { ReadParameter } from '../shared/provider';
import { equalSecrets } from '../shared/signature';
import { fieldOf } from '../shared/tolerant';

const LABEL = 'Webhook Secret';

function readSecret(parameter: ReadParameter): string {
	return readHeaderValue(parameter('pushSecret'), LABEL);
}

/** Convocore's webhooks belong to single crawls, and repeat the secret that was given at the start. */
export const push: Push = {
	properties: [
		{
			displayName:
				"Enter the production URL under 'Webhook URLs' above, and the secret below, in the option 'Webhook' of the operation that starts the crawls",
			name: 'pushNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: LABEL,
			name: 'pushSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"A text of your own that nobody can guess. It must be the same as 'Webhook > Secret' of the operation that starts the crawls.",
		},
	],
	requireSettings: (parameter) => {
		if (readSecret(parameter) !== '') return;
		throw new InvalidInputError(
			`'${LABEL}' is missing`,
			`Fill in '${LABEL}', with the same text as 'Webhook > Secret' of the operation that starts the crawls, or turn off 'Push'. Without it, anybody could call the webhook.`,
		);
	},
	isAuthentic: ({ header, parameter }) =>
		equalSecrets(header('x-convocore-crawler-secret'), readSecret(parameter)),
	isRelevant: (body) => fieldOf(body, 'event') !== 'page_scraped',
};
