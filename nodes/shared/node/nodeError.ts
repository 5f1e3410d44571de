import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { AdvisedError, RequestFault } from '../errors';
import { redactSecrets } from '../http/redact';
import { publicText } from '../sanitize';

export type NodeError = NodeApiError | NodeOperationError;

/**
 * Any error as one that n8n shows well: what happened, and for which item, in the message, what to
 * do about it in the description. The original error is not kept, since n8n's HTTP errors hold the
 * request with its credential.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
	secrets: readonly string[] = [],
): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const { message, advice } = messageAndAdvice(error, secrets);
	const title = itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
	if (error instanceof RequestFault) {
		const source: JsonObject = { message: title };
		return new NodeApiError(node, source, {
			message: title,
			description: advice,
			...(itemIndex !== undefined && { itemIndex }),
			...(error.httpStatus !== null && { httpCode: String(error.httpStatus) }),
		});
	}
	return new NodeOperationError(node, title, {
		description: advice,
		...(itemIndex !== undefined && { itemIndex }),
	});
}

/** The same as one sentence or more, for the `error` field of an item. */
export function errorText(error: NodeError): string {
	return error.description ? `${error.message}. ${error.description}` : error.message;
}

function messageAndAdvice(
	error: unknown,
	secrets: readonly string[],
): { message: string; advice: string } {
	if (error instanceof AdvisedError) {
		return { message: error.message, advice: error.advice };
	}
	// From n8n itself, such as an expression that fails: its message is meant for the user.
	const message = error instanceof Error ? error.message : String(error);
	return { message: publicText(String(redactSecrets(message, secrets))), advice: '' };
}
