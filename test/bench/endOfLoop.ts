/**
 * For loops that end only if the code under test makes headway: gives a function to be called in each
 * round, which throws after so many.
 */
export function endAfter(rounds: number): () => void {
	let count = 0;
	return () => {
		if (++count > rounds) throw new Error(`No end after ${rounds} rounds`);
	};
}
