import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** An error that the code can throw: its texts as they stand there, with what is filled in as {name}. */
export interface ThrownError {
	/** Relative to the root of the project. */
	file: string;
	/** The kind of error: the name of its class. */
	kind: string;
	/** What its message can be. */
	messages: string[];
	/** What its advice can be; empty when it has none. */
	advice: string[];
}

const ROOT = join(__dirname, '..', '..', '..');
const FOLDERS = ['nodes', 'credentials'];

/** Where the message and the advice stand among the arguments of each kind of error. */
const KINDS: Readonly<Record<string, { message: number; advice?: number }>> = {
	AdvisedError: { message: 0, advice: 1 },
	InvalidInputError: { message: 0, advice: 1 },
	RequestFault: { message: 1, advice: 2 },
	NodeOperationError: { message: 1, advice: 2 },
	NodeApiError: { message: 1, advice: 2 },
	Error: { message: 0 },
	TypeError: { message: 0 },
	RangeError: { message: 0 },
};

/** A function that throws the error of its work with the advice that it is given. */
const ADVISING_CALL = {
	name: 'sendOnce',
	advice: 2,
	message: '{any error after which the request may have been carried out}',
};

/** The advice for a start whose answer has no id; the rest is the same for all. */
const LOOK_UP = 'lookUp';

/** Every error that the published code makes, in the order of the files. */
export function thrownErrors(): ThrownError[] {
	return FOLDERS.flatMap((folder) => sourceFiles(join(ROOT, folder))).flatMap(errorsIn);
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => join(folder, file));
}

function errorsIn(path: string): ThrownError[] {
	const source = parse(path);
	const file = relative(ROOT, path);
	const found: ThrownError[] = [];
	const visit = (node: ts.Node): void => {
		const error = errorAt(node);
		// What only hands on the texts of another error has none of its own.
		if (error !== null && [...error.messages, ...error.advice].some(hasWords)) {
			found.push({ file, ...error });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function parse(path: string): ts.SourceFile {
	return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function errorAt(node: ts.Node): Omit<ThrownError, 'file'> | null {
	if (ts.isCallExpression(node) && node.expression.getText() === ADVISING_CALL.name) {
		const advice = node.arguments[ADVISING_CALL.advice];
		return { kind: 'RequestFault', messages: [ADVISING_CALL.message], advice: textsOf(advice) };
	}
	if (ts.isPropertyAssignment(node) && node.name.getText() === LOOK_UP) {
		return { kind: 'RequestFault', messages: [`{${LOOK_UP}}`], advice: textsOf(node.initializer) };
	}
	if (!ts.isNewExpression(node)) return null;
	const kind = node.expression.getText();
	const places = KINDS[kind];
	if (places === undefined) return null;
	const given = places.advice === undefined ? undefined : node.arguments?.[places.advice];
	return {
		kind,
		messages: textsOf(node.arguments?.[places.message]),
		advice: textsOf(adviceIn(given)),
	};
}

function hasWords(text: string): boolean {
	return /[a-z]/i.test(text.replace(/\{[^}]*\}/g, ''));
}

/** The advice of some errors stands in an object of options. */
function adviceIn(argument: ts.Expression | undefined): ts.Expression | undefined {
	if (argument === undefined || !ts.isObjectLiteralExpression(argument)) return argument;
	return valueIn(argument, ['advice', 'description']);
}

/** The value of the first property of an object that has one of the names. */
function valueIn(
	{ properties }: ts.ObjectLiteralExpression,
	names: readonly string[],
): ts.Expression | undefined {
	for (const property of properties) {
		if (!names.includes(property.name?.getText() ?? '')) continue;
		if (ts.isPropertyAssignment(property)) return property.initializer;
		if (ts.isShorthandPropertyAssignment(property)) return property.name;
	}
	return undefined;
}

/** All texts that an expression can have. */
function textsOf(expression: ts.Expression | undefined): string[] {
	if (expression === undefined) return [];
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isTemplateExpression(expression)) {
		return expression.templateSpans.reduce(
			(starts, { expression: filled, literal }) =>
				starts.flatMap((start) => textsOf(filled).map((text) => start + text + literal.text)),
			[expression.head.text],
		);
	}
	if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
	if (ts.isConditionalExpression(expression)) {
		return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
	}
	const isFallback =
		ts.isBinaryExpression(expression) &&
		expression.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
	if (isFallback) return [...textsOf(expression.left), ...textsOf(expression.right)];
	const definition = definitionOf(expression);
	const defined = definition === undefined ? [] : textsOf(definition);
	return defined.some(hasWords) || defined.includes('') ? defined : [`{${nameOf(expression)}}`];
}

/** What a constant stands for, or what a function returns that does nothing else. */
function definitionOf(expression: ts.Expression): ts.Expression | undefined {
	if (ts.isPropertyAccessExpression(expression)) {
		const owner = definitionOf(expression.expression);
		if (owner === undefined || !ts.isObjectLiteralExpression(owner)) return undefined;
		return valueIn(owner, [expression.name.text]);
	}
	const named = ts.isCallExpression(expression) ? expression.expression : expression;
	if (!ts.isIdentifier(named)) return undefined;
	for (let scope: ts.Node = expression; scope.parent; scope = scope.parent) {
		const { parent } = scope;
		if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) continue;
		const found = parent.statements.flatMap((statement) => definitionIn(statement, named.text));
		if (found[0] !== undefined) return found[0];
	}
	return importedDefinition(named);
}

function importedDefinition(identifier: ts.Identifier): ts.Expression | undefined {
	const { text: name } = identifier;
	const source = identifier.getSourceFile();
	for (const statement of source.statements) {
		if (!ts.isImportDeclaration(statement)) continue;
		const bindings = statement.importClause?.namedBindings;
		const isNamed =
			bindings !== undefined &&
			ts.isNamedImports(bindings) &&
			bindings.elements.some((element) => element.name.text === name);
		const { moduleSpecifier } = statement;
		if (!isNamed || !ts.isStringLiteral(moduleSpecifier)) continue;
		if (!moduleSpecifier.text.startsWith('.')) return undefined;
		const file = join(dirname(source.fileName), `${moduleSpecifier.text}.ts`);
		return parse(file).statements.flatMap((other) => definitionIn(other, name))[0];
	}
	return undefined;
}

function definitionIn(statement: ts.Statement, name: string): ts.Expression[] {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.flatMap((declaration) => {
			const { name: bound } = declaration;
			const binding = ts.isObjectBindingPattern(bound)
				? bound.elements.find((element) => element.name.getText() === name)
				: declaration;
			return binding?.name.getText() === name ? (binding.initializer ?? []) : [];
		});
	}
	if (!ts.isFunctionDeclaration(statement) || statement.name?.text !== name) return [];
	const [only, ...others] = statement.body?.statements ?? [];
	const isText = only !== undefined && others.length === 0 && ts.isReturnStatement(only);
	return isText ? [only.expression ?? []].flat() : [];
}

/** What to call the value of an expression that is filled in. */
function nameOf(expression: ts.Expression): string {
	if (ts.isIdentifier(expression)) return nameOfVariable(expression.text);
	if (ts.isPropertyAccessExpression(expression)) {
		const { name, expression: owner } = expression;
		return name.text === 'length' ? `number of ${nameOf(owner)}` : nameOfVariable(name.text);
	}
	if (ts.isCallExpression(expression)) {
		const { expression: called, arguments: given } = expression;
		if (ts.isPropertyAccessExpression(called) && called.expression.getText() !== 'Math') {
			return nameOf(called.expression);
		}
		const noun = /^(\w+)Of$/.exec(called.getText())?.[1];
		return noun ?? (given[0] === undefined ? 'value' : nameOf(given[0]));
	}
	if (ts.isBinaryExpression(expression)) return nameOf(expression.left);
	if (ts.isElementAccessExpression(expression)) return nameOf(expression.expression);
	if (ts.isArrayLiteralExpression(expression)) {
		return expression.elements[0] === undefined ? 'value' : nameOf(expression.elements[0]);
	}
	if (ts.isSpreadElement(expression)) return nameOf(expression.expression);
	return 'value';
}

function nameOfVariable(name: string): string {
	return name === 'displayName' ? 'provider' : name;
}
