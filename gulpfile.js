const { rm } = require('node:fs/promises');
const { src, dest } = require('gulp');

// What an earlier build left behind must not be published.
async function clean() {
	await rm('dist', { recursive: true, force: true });
}

// Icons, codex files and output schemas are not TypeScript, so the compiler leaves them behind.
// `encoding: false` keeps gulp 5 from rewriting binary files.
function buildIcons() {
	return src(['nodes/**/*.{svg,png,json}', 'credentials/**/*.{svg,png}'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.clean = clean;
exports['build:icons'] = buildIcons;
