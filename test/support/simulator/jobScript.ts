import { z } from 'zod/v3';
import { webhookSchema } from './providers/convocoreWebhook';
import { defaultIds } from './settings';

const milliseconds = z.number().int().nonnegative();
const checkNumber = z.number().int().positive();

const faultActionSchema = z.discriminatedUnion('kind', [
	/** Any answer; without a body it is the provider's own error envelope for that status. */
	z
		.object({
			kind: z.literal('http'),
			status: z.number().int().min(200).max(599),
			headers: z.record(z.string()).optional(),
			body: z.unknown().optional(),
		})
		.strict(),
	/** 200 with an HTML page. */
	z.object({ kind: z.literal('html') }).strict(),
	/** 200 with the first half of the true JSON body, delivered as if it were whole. */
	z.object({ kind: z.literal('cutBody') }).strict(),
	/** The connection ends in the middle of the true body. */
	z.object({ kind: z.literal('cutConnection') }).strict(),
	/** The connection ends without an answer. */
	z.object({ kind: z.literal('reset') }).strict(),
	/** No answer until the simulator is closed. */
	z.object({ kind: z.literal('hang') }).strict(),
	/** The provider does not know the job, in its own way of saying so. */
	z.object({ kind: z.literal('notFound') }).strict(),
	/** The provider's error envelope with the credential it received in the message. */
	z
		.object({
			kind: z.literal('echoCredential'),
			status: z.number().int().min(400).max(599).default(401),
		})
		.strict(),
	/** 200 with no body. */
	z.object({ kind: z.literal('emptyBody') }).strict(),
	/** The true answer, later. */
	z.object({ kind: z.literal('slow'), delayMs: milliseconds }).strict(),
]);

const faultSchema = z
	.object({
		/** Which status checks it hits, counted from 1: one, a range (both ends included) or all. */
		check: z.union([checkNumber, z.tuple([checkNumber, checkNumber]), z.literal('all')]),
		fault: faultActionSchema,
	})
	.strict();

const commonFields = {
	jobId: z.string().min(1),
	url: z.string().url().default('https://example.com/'),
	/** From the first time the job is looked up until it is final. */
	durationMs: milliseconds,
	/** `partial`: succeeded with failed pages; `never`: stays running, its last page never done. */
	outcome: z.enum(['succeeded', 'failed', 'cancelled', 'partial', 'never']),
	pages: z.number().int().nonnegative().default(10),
	progress: z.enum(['steady', 'frontLoaded', 'growingTotal', 'bursty', 'none']).default('steady'),
	/** A literal provider status word, for the whole life of the job or for one part of it. */
	status: z
		.union([
			z.string(),
			z.object({ running: z.string().optional(), final: z.string().optional() }).strict(),
		])
		.optional(),
	failureMessage: z.string().default('The site could not be crawled'),
	faults: z.array(faultSchema).default([]),
	/** The provider does not know the job until this long after the first look-up. */
	visibleAfterMs: milliseconds.default(0),
};

/** The ingest phase of a HighLevel operation, when it is to begin without being asked for. */
const trainingSchema = z
	.object({
		/** From the end of the discovery to the begin of the training. */
		gapMs: milliseconds.default(0),
		durationMs: milliseconds,
	})
	.strict();

const scriptSchemas = {
	highLevel: z
		.object({
			provider: z.literal('highLevel'),
			locationId: z.string().default(defaultIds.highLevel.locationId),
			knowledgeBaseId: z.string().default(defaultIds.highLevel.knowledgeBaseId),
			training: trainingSchema.optional(),
			/**
			 * The word of a discovery that has succeeded: "Pending" where a training follows, else
			 * "Successful", unless it is given.
			 */
			discoveryEnd: z.enum(['Pending', 'Successful']).optional(),
			...commonFields,
		})
		.strict(),
	convocore: z
		.object({
			provider: z.literal('convocore'),
			workspaceId: z.string().default(defaultIds.convocore.workspaceId),
			/** Who is told of the end. */
			webhook: webhookSchema.optional(),
			...commonFields,
		})
		.strict(),
	geonode: z.object({ provider: z.literal('geonode'), ...commonFields }).strict(),
	midPilot: z
		.object({
			provider: z.literal('midPilot'),
			sessionId: z.string().uuid().default(defaultIds.midPilot.sessionId),
			/** A session also has jobs of other types, such as `discovery.getCandidateLinks`. */
			type: z.string().default('scrape.getRelevantDocumentation'),
			/** Which generation of result keys: `savedDocumentations` or the older `savedPages`. */
			resultKeys: z.enum(['documentations', 'pages']).default('documentations'),
			...commonFields,
			jobId: z.string().uuid(),
		})
		.strict(),
	pathors: z
		.object({
			provider: z.literal('pathors'),
			projectId: z.string().default(defaultIds.pathors.projectId),
			knowledgeBaseId: z.string().default(defaultIds.pathors.knowledgeBaseId),
			...commonFields,
		})
		.strict(),
} as const;

const jobScriptSchema = z.discriminatedUnion('provider', [
	scriptSchemas.highLevel,
	scriptSchemas.convocore,
	scriptSchemas.geonode,
	scriptSchemas.midPilot,
	scriptSchemas.pathors,
]);

/** A job as a test or scenario file writes it: defaults may be left out. */
export type JobScript = z.input<typeof jobScriptSchema>;

/** A job script with its defaults filled in. */
export type CompleteScript = z.output<typeof jobScriptSchema>;

/** The complete script of a job at one provider. */
export type ScriptFor<Id extends CompleteScript['provider']> = Extract<
	CompleteScript,
	{ provider: Id }
>;

export type Fault = z.output<typeof faultSchema>;
export type FaultAction = z.output<typeof faultActionSchema>;

/**
 * Checks one script and fills in its defaults.
 * @throws Error that names every wrong field
 */
export function parseJobScript(raw: unknown): CompleteScript {
	return parse(jobScriptSchema, raw, 'job script');
}

/**
 * Checks the content of a scenario file: an array of job scripts.
 * @throws Error that names every wrong field, such as `[0].faults[1].check`
 */
export function parseScenario(raw: unknown): CompleteScript[] {
	return parse(z.array(jobScriptSchema), raw, 'scenario');
}

function parse<Schema extends z.ZodType<unknown>>(
	schema: Schema,
	raw: unknown,
	name: string,
): z.output<Schema> {
	const result = schema.safeParse(raw);
	if (result.success) return result.data as z.output<Schema>;
	const problems = result.error.issues.map(
		(issue) => `  ${fieldName(issue.path)}: ${issue.message}`,
	);
	throw new Error(`The ${name} is not valid:\n${problems.join('\n')}`);
}

function fieldName(path: Array<string | number>): string {
	const name = path
		.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
		.join('')
		.replace(/^\./, '');
	return name || '(the whole)';
}
