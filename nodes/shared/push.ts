import type { INodeProperties } from 'n8n-workflow';

import type { JobReference } from './crawlJob';
import type { SendRequest } from './http/api';
import type { ReadParameter } from './input';

/** A call to the trigger's webhook, of which nothing is known to be true. */
export interface PushCall {
	/** The body as it came, byte for byte: that is what is signed. */
	rawBody: Buffer;
	/** A header of the call; empty where it has none. */
	header: (name: string) => string;
	/** Reads the fields of the trigger. */
	parameter: ReadParameter;
	/** The secret of the webhook that {@link PushWebhooks.create} has registered; else empty. */
	secret: string;
}

/** A webhook that is registered at a provider. */
export interface PushWebhook {
	id: string;
	secret: string;
}

/** How the trigger registers its address by itself. All of it throws a `RequestFault`. */
export interface PushWebhooks {
	/** Whether the webhook is still registered for this address. */
	exists(send: SendRequest, webhook: PushWebhook, url: string): Promise<boolean>;
	/**
	 * Registers the address, and removes what is left of earlier registrations. A fault is `isUncertain`
	 * only if something may have been registered.
	 * @param earlier the id of a webhook that is not wanted any more; empty where there is none
	 */
	create(send: SendRequest, url: string, earlier: string): Promise<PushWebhook>;
	/** Takes the webhook away; one that is gone is no fault. */
	remove(send: SendRequest, id: string): Promise<void>;
	/** Takes away all that is registered for an address. */
	removeAll(send: SendRequest, url: string): Promise<void>;
}

/** How a provider tells the trigger that a crawl may have ended. It only ever leads to a poll. */
export interface Push {
	/** Fields of the trigger that are shown when push is on. */
	readonly properties: INodeProperties[];
	/**
	 * Checks these fields.
	 * @throws {InvalidInputError} when no call could be believed with them
	 */
	requireSettings?(parameter: ReadParameter): void;
	/** Whether the call comes from the provider. Compares in constant time, and never throws. */
	isAuthentic(call: PushCall): boolean;
	/**
	 * What tells a call from one that has come before: its id, and when it was sent, in milliseconds
	 * since the epoch; `null` for a body that has neither. Absent where calls have no such marks.
	 */
	stampOf?(body: unknown): { id: string; sentAt: number } | null;
	/** Whether the event is about crawls that the trigger looks at; absent where all are. */
	isRelevant?(body: unknown, parameter: ReadParameter, defaults: JobReference): boolean;
	/** Absent where the user enters the address at the provider. */
	readonly webhooks?: PushWebhooks;
}
