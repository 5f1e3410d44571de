// All test files of a part as one: what they have in common is loaded once for each change, and not
// once for each file.
for (const name of ['n8n-core', 'n8n-workflow']) jest.mock(name, () => loadOnce(name));

for (const file of testFiles) {
	describe(file, () => {
		require(`../../${file}`);
	});
}
