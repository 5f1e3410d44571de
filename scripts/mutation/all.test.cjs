// All test files of a part as one: what they have in common is loaded once for each change, and not
// once for each file.
for (const file of testFiles) {
	describe(file, () => {
		require(`../../${file}`);
	});
}
