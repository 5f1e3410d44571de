import type { N8nClient, SavedWorkflow } from '../../test/support/n8n/client';
import { itemsByOutput } from '../../test/support/n8n/execution';

/** The example that makes a page about the latest crawls. */
export const REPORT_EXAMPLE = 'crawl-report.json';

const EXECUTION_TIMEOUT_MS = 60_000;

/** What the report says. */
export interface ReportOutcome {
	subject: string;
	/** What differs from the expectation; empty when all is well. */
	differences: string[];
}

/** Makes the report by hand, as the button of the editor does. */
export async function performReport({ id }: SavedWorkflow, n8n: N8nClient): Promise<ReportOutcome> {
	const executionId = await n8n.runByHand(id, 'Run by hand');
	const execution = await n8n.waitForExecution(executionId, EXECUTION_TIMEOUT_MS);
	const [items = []] = itemsByOutput(execution, 'Crawl Report') ?? [];
	const subject = (items[0]?.json.subject as string | undefined) ?? 'no report';
	const [files = []] = itemsByOutput(execution, 'Save') ?? [];
	const differences = files[0]?.binary === undefined ? ['The report was not saved as a file'] : [];
	return { subject, differences };
}
