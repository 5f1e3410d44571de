import type { IWebhookDescription } from 'n8n-workflow';

/**
 * The webhook of the trigger: none without push, and none in the editor, where *Fetch Test Event*
 * would wait for a call instead of polling. n8n registers no webhook without a method.
 */
export const triggerWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: '={{ $parameter["push"] && $workflow.active ? "POST" : "" }}',
		responseMode: 'onReceived',
		path: 'crawl-finished',
		ndvHideUrl: '={{ !$parameter["push"] }}',
		ndvHideMethod: true,
	},
];
