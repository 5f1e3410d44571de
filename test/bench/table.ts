/** A Markdown table; all columns but the first are aligned to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
	const all = [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(3, ...all.map((row) => (row[column] ?? '').length)),
	);
	const line = (row: readonly string[]): string =>
		`| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`;
	const rule = widths.map((width, column) =>
		column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
	);
	return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

function pad(text: string, width: number, column: number): string {
	return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** Milliseconds as seconds, with as many digits as matter. */
export function seconds(ms: number): string {
	const value = ms / 1_000;
	const text = value.toFixed(Math.abs(value) < 10 ? 2 : 1);
	return `${Number(text) === 0 ? '0.00' : text} s`;
}
