import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

import { showFor } from '../shared/fields';
import { parseBody } from '../shared/http/parseBody';
import { optionalId } from '../shared/identifiers';
import type { Operation } from '../shared/operations';
import type { SendRequest } from '../shared/provider';
import { readSessionId, sessionPath, sessionProperty } from './reference';

const SHOW_CREATE = { resource: ['session'], operation: ['create'] };
const SHOW_DELETE = { resource: ['session'], operation: ['delete'] };

/** The fields of the resource *Session*. */
export const sessionProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['session'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create a session',
				description: 'Make a session to crawl in',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a session',
				description: 'Delete a session with all that it holds',
			},
		],
		default: 'create',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: SHOW_CREATE },
		options: [
			{
				displayName: 'Session ID',
				name: 'newSessionId',
				type: 'string',
				default: '',
				placeholder: '550e8400-e29b-41d4-a716-446655440000',
				description: 'A UUID of your own; without one, the server chooses it',
			},
		],
	},
	{
		displayName:
			'Deleting a session also destroys its crawls and all documents saved in it. This cannot be undone.',
		name: 'deleteNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: SHOW_DELETE },
	},
	...showFor([sessionProperty], SHOW_DELETE),
];

const createdSchema = z.object({ sessionId: z.string() });

/**
 * Makes a session.
 * @param id a UUID; empty leaves the choice to the server
 * @returns its id
 */
export async function createSession(send: SendRequest, id: string): Promise<string> {
	const { body } = await send({
		method: 'POST',
		path: id === '' ? '/api/v1/session' : sessionPath(id),
	});
	return parseBody(createdSchema, body, 'midPilot session').sessionId;
}

const create: Operation = async ({ parameter, send }) => {
	const { newSessionId } = parameter('options', {}) as { newSessionId?: unknown };
	const sessionId = await createSession(send, optionalId(newSessionId, 'Session ID'));
	return [{ sessionId, reference: { sessionId } }];
};

const deleteSession: Operation = async ({ parameter, send }) => {
	const sessionId = readSessionId(parameter);
	await send({ method: 'DELETE', path: sessionPath(sessionId) });
	return [{ deleted: true, sessionId, reference: { sessionId } }];
};

/** The operations of the resource *Session*. */
export const sessionOperations = { create, delete: deleteSession };
