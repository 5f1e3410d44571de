import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readBaseUrl, readHeaderName, readHeaderValue } from '../shared/credentialInput';
import { textOf } from '../shared/input';
import type { CrawlProvider, CredentialSettings } from '../shared/provider';
import { explainError, statusRequest } from './api';
import { credentialTest } from './credential';
import { jobProperties, listProperties, readReference } from './fields';
import { listJobs, listPages, searchMidPilotCrawls } from './lists';
import { readStatus } from './status';

/** The scraping of Evolveum's midPilot connector generator. */
export const midPilot: CrawlProvider = {
	id: 'midPilot',
	displayName: 'midPilot',

	credentials: [
		{
			name: 'midPilotApi',
			required: true,
			displayOptions: { show: { '/provider': ['midPilot'] } },
		},
	],
	credentialType: () => 'midPilotApi',
	readCredential,

	credentialTest,

	jobProperties,
	jobIdKey: 'jobId',
	readReference,
	latestIn: 'session',
	searches: { searchMidPilotCrawls },

	statusRequest,
	readStatus,
	explainError,

	listJobs,
	listTellsLess: true,
	earlierCrawls: 'inList',
	listProperties,
	listPages,
};

function readCredential({
	baseUrl,
	headerName,
	headerValue,
}: ICredentialDataDecryptedObject): CredentialSettings {
	// Refused here, where nothing has been sent yet.
	readHeaderName(headerName, 'Header Name');
	return {
		baseUrl: readBaseUrl(baseUrl, 'inPaths'),
		secrets: [...new Set([textOf(headerValue), readHeaderValue(headerValue, 'Header Value')])]
			.flatMap(secretsIn)
			.concat(keysIn(textOf(headerName))),
		defaults: {},
	};
}

/** In "Bearer x", the x alone is as secret as the whole. */
function secretsIn(headerValue: string): string[] {
	const [, ...rest] = headerValue.trim().split(/\s+/);
	return [headerValue, rest.join(' ')];
}

/** What the names of headers look like, such as X-Api-Key. */
const HEADER_NAME = /^[a-z]{1,20}(?:-[a-z]{1,20})*$/i;

/** A Header Name is a key when somebody has pasted one there; servers show it in lower case. */
function keysIn(headerName: string): string[] {
	const name = headerName.trim();
	return name === '' || HEADER_NAME.test(name) ? [] : [name, name.toLowerCase()];
}
