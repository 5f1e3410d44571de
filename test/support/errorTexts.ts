import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** An error that the code can throw: its texts as they stand there, with what is filled in as {name}. */
export interface ErrorText {
	/** Relative to the root of the project. */
	file: string;
	message: string;
	advice: string;
}

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['nodes', 'credentials'];

/** Where the message and the advice stand among the arguments of each kind of error. */
const KINDS: Readonly<Record<string, { message: number; advice: number }>> = {
	AdvisedError: { message: 0, advice: 1 },
	InvalidInputError: { message: 0, advice: 1 },
	RequestFault: { message: 1, advice: 2 },
	NodeOperationError: { message: 1, advice: 2 },
};

/** Every error that the published code makes, in the order of the files. */
export function errorTexts(): ErrorText[] {
	return FOLDERS.flatMap((folder) => sourceFiles(join(ROOT, folder))).flatMap(errorTextsIn);
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => join(folder, file));
}

function errorTextsIn(path: string): ErrorText[] {
	const source = ts.createSourceFile(
		path,
		readFileSync(path, 'utf8'),
		ts.ScriptTarget.ES2022,
		true,
	);
	const constants = constantsOf(source);
	const found: ErrorText[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
			const kind = KINDS[node.expression.text];
			const [message, advice] = [kind?.message, kind?.advice].map((place) =>
				place === undefined ? undefined : node.arguments?.[place],
			);
			const text = message === undefined ? '' : textOf(message, constants);
			// What only hands on the texts of another error has none of its own.
			if (/[a-z]/i.test(text.replace(/\{[^}]*\}/g, ''))) {
				found.push({
					file: relative(ROOT, path),
					message: text,
					advice: advice === undefined ? '' : textOf(adviceIn(advice), constants),
				});
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The advice of a fault stands in an object of options. */
function adviceIn(argument: ts.Expression): ts.Expression {
	if (!ts.isObjectLiteralExpression(argument)) return argument;
	const property = argument.properties.find(
		(candidate): candidate is ts.PropertyAssignment =>
			ts.isPropertyAssignment(candidate) &&
			['advice', 'description'].includes(candidate.name.getText()),
	);
	return property?.initializer ?? argument;
}

/** The constants of a file by their names, which are in capitals. */
function constantsOf(source: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
	const constants = new Map<string, ts.Expression>();
	const visit = (node: ts.Node): void => {
		if (
			ts.isVariableDeclaration(node) &&
			ts.isIdentifier(node.name) &&
			/^[A-Z_]+$/.test(node.name.text) &&
			node.initializer
		) {
			constants.set(node.name.text, node.initializer);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return constants;
}

function textOf(expression: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string {
	if (ts.isStringLiteralLike(expression)) return expression.text;
	if (ts.isTemplateExpression(expression)) {
		return expression.templateSpans.reduce(
			(text, { expression: filled, literal }) =>
				`${text}${textOf(filled, constants)}${literal.text}`,
			expression.head.text,
		);
	}
	if (ts.isIdentifier(expression)) {
		const constant = constants.get(expression.text);
		const isText =
			constant && (ts.isStringLiteralLike(constant) || ts.isTemplateExpression(constant));
		if (isText) return textOf(constant, constants);
	}
	return `{${expression.getText().replace(/\s+/g, ' ')}}`;
}
