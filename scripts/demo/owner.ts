import type { Owner } from '../../test/support/n8n/client';

/** The account that the scripts create in their n8n, for a person to log in with. */
export const OWNER: Owner = {
	email: 'demo@example.com',
	password: 'Crawl-jobs-demo-1',
	firstName: 'Demo',
	lastName: 'Owner',
};
