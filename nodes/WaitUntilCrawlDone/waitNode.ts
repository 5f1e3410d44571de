import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { AUTOMATIC, automaticProviderProperties } from '../providerFields';
import { providers } from '../providers';
import { requireProvider } from '../requireProvider';
import { waitForCrawls } from '../shared/crawlWait/run';
import type { WaitingNode } from '../shared/crawlWait/waitingNode';
import { WAIT_MODES } from '../shared/crawlWait/waitModes';
import { AdvisedError } from '../shared/errors';
import { connect } from '../shared/http/connection';
import { textOf } from '../shared/input';
import { connectionParameters, itemParameters } from '../shared/node/parameters';
import { typedParameters } from '../shared/node/typedParameters';
import type { CrawlProvider, ReadParameter } from '../shared/provider';
import { automaticParameters, providerOfItem } from './automatic';
import { waitOptionsProperty } from './options';
import { readOwnReference } from './otherProvider';

/** Waits for the crawls that the input items name. */
export async function waitForInput(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await waitForCrawls(context, waitNode);
}

/** Waits for the crawls that its items name, each with an output for its outcome. */
const waitNode: WaitingNode = {
	hasBranches: true,
	waitModes: WAIT_MODES,

	providerOf: (context, itemIndex) =>
		chosenProvider(context) ?? providerOfItem(context.getInputData()[itemIndex]?.json ?? {}),

	savedProvider: (context, id) => requireProvider(id ?? chosenProvider(context)?.id ?? ''),

	parametersOf: (context, itemIndex, provider) =>
		typedParameters(
			chosenProvider(context) === null
				? automaticParameters(context, itemIndex, provider)
				: itemParameters(context, itemIndex),
			[...provider.jobProperties, waitOptionsProperty],
		),

	async connect(context, provider) {
		const parameter = settingsOf(context, provider);
		const usable =
			chosenProvider(context) === null
				? provider.credentials.map(({ name }) => name)
				: [provider.credentialType(parameter)];
		const type = firstSetCredential(context, usable);
		if (type === undefined) throw missingCredential(provider);
		return await connect(context, { ...provider, credentialType: () => type }, parameter);
	},

	referenceOf: ({ context, itemIndex, provider, parameter, connection }) =>
		readOwnReference(context.getInputData()[itemIndex]?.json ?? {}, provider, () =>
			provider.readReference(parameter, connection.settings.defaults),
		),

	helperParameters(context) {
		const chosen = chosenProvider(context);
		if (chosen !== null)
			return { provider: chosen.id, ...connectionParameters(chosen, settingsOf(context, chosen)) };
		const options = providers.map((provider) =>
			connectionParameters(provider, settingsOf(context, provider)),
		);
		return { provider: AUTOMATIC, options: Object.assign({}, ...options) as INodeParameters };
	},
};

/** The provider that the user has chosen; `null` for *Automatic*. */
function chosenProvider(context: IExecuteFunctions): CrawlProvider | null {
	const id = textOf(
		typedParameters(itemParameters(context, 0), automaticProviderProperties)('provider'),
	);
	return id === AUTOMATIC ? null : requireProvider(id);
}

function firstSetCredential(context: IExecuteFunctions, types: string[]): string | undefined {
	const { credentials = {} } = context.getNode();
	return types.find((type) => credentials[type] !== undefined);
}

/** n8n does not ask for it before the run: see {@link providerCredentials}. */
function missingCredential({ displayName }: CrawlProvider): AdvisedError {
	return new AdvisedError(
		`The credential for ${displayName} is missing`,
		`Open the node and choose a ${displayName} credential. Credentials of services whose crawls do not come here can stay empty.`,
	);
}

/** Reads what is the same for all crawls of a provider. */
function settingsOf(context: IExecuteFunctions, provider: CrawlProvider): ReadParameter {
	const given =
		chosenProvider(context) === null
			? automaticParameters(context, 0, provider)
			: itemParameters(context, 0);
	return typedParameters(given, provider.jobProperties);
}
