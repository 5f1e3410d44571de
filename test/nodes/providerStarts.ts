import type { INodeParameters } from 'n8n-workflow';

import type { CrawlProvider } from '../../nodes/shared/provider';
import { packageNodes } from '../support/engine/packageTypes';
import type { Simulator } from '../support/simulator';

/** What each provider's Start needs to be sent, by the provider's id. */
export const startParameters = ({ siteUrl, ids }: Simulator): Record<string, INodeParameters> => ({
	highLevel: { ...ids.highLevel, url: siteUrl },
	convocore: { urls: siteUrl },
	geonode: { url: siteUrl },
	// No session: one is created.
	midPilot: { sessionId: '', starterLinks: siteUrl, applicationName: 'Handbook' },
	pathors: { ...ids.pathors, url: siteUrl },
});

/** The internal name of a provider's node. */
export function nodeOf({ credentials }: CrawlProvider): string {
	const names = credentials.map(({ name }) => name);
	const node = Object.values(packageNodes).find(
		({ description }) =>
			description.properties.some(({ name }) => name === 'resource') &&
			description.credentials?.some(({ name }) => names.includes(name)),
	);
	if (node === undefined) throw new Error(`No node asks for ${names.join(' or ')}`);
	return node.description.name;
}
