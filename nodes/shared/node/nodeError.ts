import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { AdvisedError, RequestFault } from '../errors';
import { redactor } from '../http/redact';
import { isStepEngine } from '../n8nEngine';
import { publicTextWithin } from '../sanitize';

export type NodeError = NodeApiError | NodeOperationError;

/** Of a text out of n8n, in characters. */
const MAX_LENGTH = 1_000;

/** The errors made here, which are ready to be shown. */
const made = new WeakSet<NodeError>();

/**
 * Any error as one that n8n shows well: what happened, and for which item, in the message, what to
 * do about it in the description. The original error is not kept, since n8n's HTTP errors hold the
 * request with its credential.
 * @param secrets values that must not appear in any field of it
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
	secrets: readonly string[] = [],
): NodeError {
	if (isMade(error)) return error;
	const { message, advice } = messageAndAdvice(error, secrets);
	const title = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	const nodeError = createError(node, error, title, {
		description: advice,
		...(itemIndex !== undefined && { itemIndex }),
	});
	made.add(nodeError);
	return nodeError;
}

function isMade(error: unknown): error is NodeError {
	const isNodeError = error instanceof NodeApiError || error instanceof NodeOperationError;
	return isNodeError && made.has(error);
}

function createError(
	node: INode,
	error: unknown,
	message: string,
	options: { description: string; itemIndex?: number },
): NodeError {
	if (!(error instanceof RequestFault)) return new NodeOperationError(node, message, options);
	const source: JsonObject = { message };
	return new NodeApiError(node, source, {
		message,
		...options,
		...(error.httpStatus !== null && { httpCode: String(error.httpStatus) }),
	});
}

/** The same as one sentence or more, for the `error` field of an item. */
export function errorText(error: NodeError): string {
	return error.description ? `${error.message}. ${error.description}` : error.message;
}

/**
 * An error as a node is to throw it: where n8n keeps no more of it than the message, that says what to
 * do as well.
 */
export function toThrow(context: IExecuteFunctions, error: NodeError): NodeError {
	if (isStepEngine(context)) {
		error.message = errorText(error);
		error.description = '';
	}
	return error;
}

function messageAndAdvice(
	error: unknown,
	secrets: readonly string[],
): { message: string; advice: string } {
	const redact = redactor(secrets);
	if (error instanceof AdvisedError) {
		return { message: redact.redactText(error.message), advice: redact.redactText(error.advice) };
	}
	// From n8n itself, such as an expression that fails: its message is meant for the user.
	const message = error instanceof Error ? error.message : String(error);
	const description =
		error instanceof NodeApiError || error instanceof NodeOperationError ? error.description : null;
	return {
		message: publicTextWithin(MAX_LENGTH, redact.redactText(message)),
		advice: publicTextWithin(MAX_LENGTH, redact.redactText(description ?? '')),
	};
}
