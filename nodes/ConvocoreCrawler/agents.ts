import { z } from 'zod';

import { parseBody } from '../shared/http/parseBody';
import type { Search } from '../shared/provider';
import { listOf, text } from '../shared/values';
import { readData } from './envelope';

/** More than most workspaces have; the API gives no agents in parts that could be asked for. */
const LIMIT = 500;

const agentSchema = z.object({ ID: text, id: text, title: text });
const listSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ agents: z.array(z.unknown()) }).transform(({ agents }) => agents),
	])
	.pipe(listOf(agentSchema));

/** The agents that a crawl can give its pages to. */
export const searchConvocoreAgents: Search = async ({ send }) => {
	const { body } = await send({ method: 'GET', path: '/agents', query: { limit: LIMIT } });
	const what = 'list of Convocore agents';
	const agents = parseBody(listSchema, readData(body, what), what);
	const results = agents.flatMap(({ ID, id, title }) => {
		const value = ID ?? id;
		return value === null ? [] : [{ name: title ?? value, value }];
	});
	return { results };
};
