/**
 * What a check does beyond parsing the body of the answer: `npm run bench:reading`. Takes some minutes
 * and prints the tables of `docs/performance.md`. It runs bundled as the package is, since a constant of
 * another module costs a call in code that is not.
 */
import { readCost } from './readCost';
import { ANSWERING, statusAnswer, type PageTexts } from './statusAnswers';
import { table } from './table';

const KB = 1_000;
const MB = 1_000 * KB;

const SIZES = { '100 kB': 100 * KB, '1 MB': MB, '10 MB': 10 * MB };

async function main(): Promise<void> {
	for (const texts of ['plain', 'escaped'] as const) {
		console.log(`## CPU time beyond JSON.parse, as multiples of it: ${texts} texts\n`);
		console.log(`${await compareCosts(texts)}\n`);
	}
}

async function compareCosts(texts: PageTexts): Promise<string> {
	const rows: string[][] = [];
	for (const provider of ANSWERING) {
		const row = [provider];
		for (const bytes of Object.values(SIZES)) {
			const cost = await readCost(provider, statusAnswer(provider, bytes, texts));
			row.push(`${cost.ratio.toFixed(2)} (${cost.parseMs.toFixed(1)} ms)`);
		}
		rows.push(row);
	}
	return table(['Provider', ...Object.keys(SIZES)], rows);
}

void main();
