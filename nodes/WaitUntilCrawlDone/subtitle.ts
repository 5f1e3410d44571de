import type { INodeProperties } from 'n8n-workflow';

import { automaticProviderProperties } from '../providerFields';
import { GUARD, SUPERVISOR, WAIT_MODES, WATCHER } from '../shared/crawlWait/waitModes';

const HELPER_NAMES = [SUPERVISOR, WATCHER, GUARD].map(({ waitMode }) => ({
	name: 'Part of a Durable Wait',
	value: waitMode,
}));

/** The node's subtitle in the editor: the provider and the wait mode, by their names. */
export const waitSubtitle = `={{ ${nameOf('provider', automaticProviderProperties[0]?.options)} + " · " + ${nameOf('waitMode', [...WAIT_MODES, ...HELPER_NAMES])} }}`;

/** The name of what is chosen in a field, as an expression of n8n. */
function nameOf(field: string, choices: INodeProperties['options'] | typeof HELPER_NAMES): string {
	const names = (choices ?? []).flatMap((choice) =>
		'value' in choice ? [[choice.value, choice.name]] : [],
	);
	return `${JSON.stringify(Object.fromEntries(names))}[$parameter["${field}"]]`;
}
