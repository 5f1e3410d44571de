import { createPublicKey, verify, type KeyObject } from 'node:crypto';

import { InvalidInputError } from '../shared/errors';
import { textOf } from '../shared/input';
import type { Push, PushCall } from '../shared/push';
import type { ReadParameter } from '../shared/provider';
import { objectOf, toIsoTime, toText } from '../shared/tolerant';
import { readKnowledgeBase } from './fields';

const EVENT = 'KnowledgeBaseTrainedUrlChange';

/** The key that HighLevel's Webhook Integration Guide prints, for all apps. */
const DEFAULT_SIGNER = 'MCowBQYDK2VwAyEAi2HR1srL4o18O8BRa7gVJY7G7bupbN3H9AwJrHCDiOg=';
const LABEL = 'Webhook Public Key';

/** With or without the lines around it that PEM has; empty means HighLevel's own. */
function readPublicKey(parameter: ReadParameter): KeyObject {
	const given = textOf(parameter('pushPublicKey')).replace(/-----[^-]*-----|\s/g, '');
	const text = given === '' ? DEFAULT_SIGNER : given;
	return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

function requireSettings(parameter: ReadParameter): void {
	try {
		if (readPublicKey(parameter).asymmetricKeyType === 'ed25519') return;
	} catch {
		// Said below.
	}
	throw new InvalidInputError(
		`'${LABEL}' is not an Ed25519 public key`,
		`Copy the key of the header X-GHL-Signature from HighLevel's Webhook Integration Guide into '${LABEL}', or leave it empty.`,
	);
}

function isAuthentic({ rawBody, header, parameter }: PushCall): boolean {
	const signature = Buffer.from(header('x-ghl-signature'), 'base64');
	try {
		return verify(null, rawBody, readPublicKey(parameter), signature);
	} catch {
		return false;
	}
}

const toStamp = objectOf({ webhookId: toText, timestamp: toIsoTime }, 'webhookId', 'timestamp');
const toEvent = objectOf({ type: toText, locationId: toText, knowledgeBaseId: toText });

/** The events of HighLevel's apps, which tell of single pages, not of crawls. */
export const push: Push = {
	properties: [
		{
			displayName: `Enter the production URL under 'Webhook URLs' above in your app in HighLevel's Marketplace, for the event ${EVENT}`,
			name: 'pushNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: LABEL,
			name: 'pushPublicKey',
			type: 'string',
			default: DEFAULT_SIGNER,
			description:
				'The key with which HighLevel proves that an event is its own. Change it only when HighLevel publishes another.',
		},
	],
	requireSettings,
	isAuthentic,
	stampOf: (body) => {
		const stamp = toStamp(body);
		return stamp && { id: stamp.webhookId, sentAt: Date.parse(stamp.timestamp) };
	},
	isRelevant: (body, parameter, defaults) => {
		const event = toEvent(body);
		const { locationId, knowledgeBaseId } = readKnowledgeBase(parameter, defaults);
		return (
			event?.type === EVENT &&
			event.locationId === locationId &&
			event.knowledgeBaseId === knowledgeBaseId
		);
	},
};
