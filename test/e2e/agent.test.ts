import type { INode } from 'n8n-workflow';

import { startChatModel, type ChatModel } from '../support/chatModel';
import { startHeldSite, type HeldSite } from '../support/heldSite';
import type { WorkflowDefinition } from '../support/n8n/client';
import { loadExample } from '../support/n8n/exampleWorkflow';
import { itemsByOutput, type Execution } from '../support/n8n/execution';
import { log } from './log';
import { startStage, type Stage } from './stage';

/** n8n looks for parked executions once a minute, and a round of checks is 65 seconds. */
const PATIENCE_MS = 6 * 60_000;

let stage: Stage;
let site: HeldSite;
let model: ChatModel;
/** The execution of the agent's workflow, after its end. */
let execution: Execution;
/** How often the model had been asked when that execution was parked. */
let askedBeforeThePark: number;

beforeAll(async () => {
	stage = await startStage({ workers: 0 });
	site = await startHeldSite();
	model = await startChatModel({ url: site.url });
	const { n8n } = stage;
	const message = { sessionId: 'test', action: 'sendMessage', chatInput: `Crawl ${site.url}` };
	const id = await n8n.runByHand(await createAgent(), 'Chat', message);
	await n8n.untilParked(id, PATIENCE_MS);
	log('the agent is parked');
	askedBeforeThePark = model.requests.length;
	site.release();
	execution = await n8n.waitForExecution(id, PATIENCE_MS);
});

afterAll(async () => {
	await stage?.close();
	await site?.close();
	await model?.close();
});

it('parks the agent during the crawl, after the model has called the tool', () => {
	expect(askedBeforeThePark).toBe(1);
});

it('shows the model what the tool does, and the address as its only argument', () => {
	const { name, description, parameters } = model.requests[0]?.tools[0]?.function ?? {};
	log(`${name}: ${description}`);
	expect({ name, description, parameters }).toEqual({
		name: 'Crawl_website',
		description: expect.stringMatching(/^Crawls a website and returns when the crawl has ended, /),
		parameters: expect.objectContaining({
			required: ['url'],
			properties: {
				url: { type: 'string', description: 'The address of the website, with https://' },
			},
		}),
	});
});

it('starts one crawl, of the website that the model named', () => {
	const starts = stage.simulator.requests.filter(({ method }) => method === 'POST');
	expect(starts).toEqual([
		expect.objectContaining({
			path: '/v1/crawl',
			body: expect.objectContaining({ url: site.url }),
		}),
	]);
});

it("wakes the agent with the crawl's outcome, which the model is shown as the tool's result", () => {
	expect(model.requests).toHaveLength(2);
	expect(JSON.parse(toolResult())).toEqual([
		{ status: 'succeeded', url: site.url, pages: 50, jobId: checkedJobId(), notes: '' },
	]);
});

it('ends with the answer of the model', () => {
	expect(execution.status).toBe('success');
	const [item] = itemsByOutput(execution, 'Agent')?.[0] ?? [];
	expect(item?.json.output).toBe(`The tool returned: ${toolResult()}`);
});

/** Creates both examples, and makes the one the tool of the other. */
async function createAgent(): Promise<string> {
	const { n8n, credentials } = stage;
	const tool = await n8n.createWorkflow(loadExample('agent-crawl-tool.json', credentials));
	await n8n.activateWorkflow(tool);
	const values = { apiKey: 'scripted', url: model.url };
	const openAiApi = await n8n.createCredential('OpenAI (scripted)', 'openAiApi', values);
	const agent = withTool(loadExample('agent-crawl.json', { openAiApi }), tool.id);
	return (await n8n.createWorkflow(agent)).id;
}

/** Chooses the workflow that the tool runs, as a person importing the example has to. */
function withTool(agent: WorkflowDefinition, toolId: string): WorkflowDefinition {
	const workflowId = { __rl: true, mode: 'id', value: toolId };
	const choose = (node: INode): INode =>
		node.type === '@n8n/n8n-nodes-langchain.toolWorkflow'
			? { ...node, parameters: { ...node.parameters, workflowId } }
			: node;
	return { ...agent, nodes: agent.nodes.map(choose) };
}

/** What the tool returned, as the model is shown it. */
function toolResult(): string {
	return model.requests.at(-1)?.messages.at(-1)?.content ?? '';
}

/** The last part of the address that the crawl's status was asked for at. */
function checkedJobId(): string {
	const check = stage.simulator.requests.find(({ method }) => method === 'GET');
	return check?.path.split('/').at(-1) ?? '';
}
