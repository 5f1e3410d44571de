import { packageCredentials } from '../support/engine/packageTypes';
import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import type { Editor } from '../support/browser/editor';
import { keepEnds, useBrowserStage } from './browserStage';

/** Where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

/** The field with the key, of the credentials that are filled in by hand, and what a message calls it. */
const KEY_FIELDS: Array<[type: string, keyField: string, name: string]> = [
	['highLevelPrivateIntegrationApi', 'token', 'key'],
	['convocoreCrawlerApi', 'workspaceSecret', 'Workspace Secret'],
	['geonodeScraperApi', 'apiKey', 'API Key'],
	['midPilotApi', 'headerValue', 'Header Value'],
	['pathorsDeveloperApi', 'developerKey', 'Developer Key'],
];

const stage = useBrowserStage();
keepEnds(stage);

describe.each(KEY_FIELDS)('a credential of the type %s', (type, keyField, name) => {
	const right = () => simulatorCredentials(stage().simulator)[type] as Record<string, string>;

	beforeAll(async () => {
		await stage().editor.createCredential(displayNameOf(type));
	});

	it('names the Base URL when nothing answers there', async () => {
		const { editor } = stage();
		await fillIn(editor, type, { ...right(), baseUrl: NOWHERE });
		expect(await editor.saveCredential()).toContain('Base URL');
	});

	it('names the field with the key when the provider rejects it', async () => {
		const { editor } = stage();
		await fillIn(editor, type, { ...right(), [keyField]: 'wrong-key' });
		expect(await editor.saveCredential()).toContain(name);
	});

	it('is accepted with the right key', async () => {
		const { editor } = stage();
		await fillIn(editor, type, right());
		expect(await editor.saveCredential()).toBeNull();
	});
});

async function fillIn(editor: Editor, type: string, values: Record<string, string>): Promise<void> {
	for (const [field, value] of Object.entries(values)) {
		const { options } = describedField(type, field);
		const chosen = options?.find((option) => 'value' in option && option.value === value);
		if (chosen) await editor.choose(field, chosen.name);
		else await editor.fill(field, value);
	}
}

function describedType(type: string) {
	const found = packageCredentials.find(({ name }) => name === type);
	if (!found) throw new Error(`No credential type ${type}`);
	return found;
}

function describedField(type: string, field: string) {
	const found = describedType(type).properties.find(({ name }) => name === field);
	if (!found) throw new Error(`${type} has no field ${field}`);
	return found;
}

const displayNameOf = (type: string): string => describedType(type).displayName;
