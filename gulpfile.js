const { src, dest } = require('gulp');

// Icons, codex files and output schemas are not TypeScript, so the compiler leaves them behind.
// `encoding: false` keeps gulp 5 from rewriting binary files.
function buildIcons() {
	return src(['nodes/**/*.{svg,png,json}', 'credentials/**/*.{svg,png}'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports['build:icons'] = buildIcons;
