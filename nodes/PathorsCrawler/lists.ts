import { z } from 'zod';

import { parseBody } from '../shared/http/parseBody';
import { apiPath } from '../shared/identifiers';
import type { SendRequest } from '../shared/provider';
import { listOf, requiredText, text } from '../shared/values';

const entrySchema = z.object({ id: requiredText, name: text }).passthrough();

/** A project or knowledge base, with whatever else the API says about it. */
export type NamedEntry = z.output<typeof entrySchema>;

// Projects come in an envelope and knowledge bases without one; neither list has pages.
const listSchema = z
	.union([
		z.array(z.unknown()),
		z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
	])
	.pipe(listOf(entrySchema));

/** The projects that the owner of the developer key is a member of. */
export async function fetchProjects(send: SendRequest): Promise<NamedEntry[]> {
	const { body } = await send({ method: 'GET', path: '/v1/projects' });
	return parseBody(listSchema, body, 'list of Pathors projects');
}

/** The knowledge bases of a project: at present, Pathors allows one. */
export async function fetchKnowledgeBases(
	send: SendRequest,
	projectId: string,
): Promise<NamedEntry[]> {
	const { body } = await send({
		method: 'GET',
		path: apiPath`/v1/projects/${projectId}/knowledgebases`,
	});
	return parseBody(listSchema, body, 'list of Pathors knowledge bases');
}
