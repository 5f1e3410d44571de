import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** The values of fields that decide which others are shown; `@version` is the node's version. */
export type Shown = Record<string, string | number>;

/** Whether the editor shows a field, as far as it depends on the given values. */
export function isShown(
	{ displayOptions }: Pick<INodeProperties, 'displayOptions'>,
	shown: Shown,
): boolean {
	const { show = {}, hide = {} } = displayOptions ?? {};
	const matches = (name: string, values: unknown[] | undefined): boolean | undefined => {
		const value = shown[name.replace(/^\//, '')];
		return value === undefined ? undefined : values?.includes(value);
	};
	return (
		Object.entries(show).every(([name, values]) => matches(name, values) !== false) &&
		Object.entries(hide).every(([name, values]) => matches(name, values) !== true)
	);
}

/** The values of another field for which a field is shown; none where it does not depend on it. */
export function shownFor({ displayOptions }: INodeProperties, other: string): string[] {
	return (displayOptions?.show?.[other] ?? []).filter((value) => typeof value === 'string');
}

/** The version that a node has which is added now. */
export function newestVersion({ version, defaultVersion }: INodeTypeDescription): number {
	return defaultVersion ?? [version].flat().at(-1) ?? 1;
}
