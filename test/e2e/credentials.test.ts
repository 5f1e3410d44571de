import { simulatorCredentials } from '../support/engine/simulatorCredentials';
import { startStage, type Stage } from './stage';

describe('the test of a credential in the editor', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await startStage({ workers: 0 });
	});

	afterAll(async () => {
		await stage?.close();
	});

	const test = async (type: string, change: object = {}) => {
		const values = simulatorCredentials(stage.simulator)[type];
		return await stage.n8n.testCredential(type, { ...values, ...change });
	};

	it('passes for each provider, and says what is wrong with another key or address', async () => {
		const types = Object.keys(simulatorCredentials(stage.simulator));
		const results = await Promise.all(types.map(async (type) => await test(type)));
		expect(results.map(({ status }) => status)).toEqual(types.map(() => 'OK'));

		const { message: key } = await test('geonodeScraperApi', { apiKey: 'wrong' });
		expect(key).toContain("Check 'API Key'");

		const baseUrl = stage.simulator.siteUrl;
		const elsewhere = await Promise.all(
			types.map(async (type) => await test(type, { baseUrl, region: 'custom' })),
		);
		expect(elsewhere.map(({ message }) => message)).toEqual(
			types.map(() => expect.stringContaining("'Base URL'") as string),
		);

		const { message: host } = await test('pathorsDeveloperApi', {
			baseUrl: 'http://no-such-host.invalid',
		});
		expect(host).toContain("The host name in the 'Base URL'");
	});
});
