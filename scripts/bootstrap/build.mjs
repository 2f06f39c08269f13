import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { giveUp, tell } from './say.mjs';

/** Everything that the built pages are made of. */
const sources = [
	'package-lock.json',
	'package.json',
	'vite.config.ts',
	'tsconfig.json',
	'scripts/filling-files.mjs',
	'scripts/lighter-engine.mjs',
	'scripts/messages-together.mjs',
	'scripts/paraglide.mjs',
	'project.inlang/settings.json',
	'messages',
	'src',
	'static'
];

/** What lies among the sources and makes no difference to the pages. @param {string} name */
const counts = (name) => !name.startsWith('src/paraglide/') && !name.endsWith('.test.ts');

/**
 * Builds the pages when their sources changed since the last build.
 *
 * @param {string} root the project's folder
 * @param {string} node the runtime to build with
 */
export function ensureBuilt(root, node) {
	const stampFile = path.join(root, 'build/.hamkor-build');
	const stamp = fingerprint(root, sources, counts);
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(path.join(root, 'src/paraglide/messages.js'))) {
		return;
	}
	tell('Building…');
	// A build that is broken off must not pass for a finished one.
	rmSync(stampFile, { force: true });
	step(root, node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
	step(root, node, ['scripts/messages-together.mjs']);
	writeFileSync(stampFile, stamp);
}

/** A step of building; ends the program with a sentence when it fails. @param {string} root @param {string} node @param {string[]} args */
function step(root, node, args) {
	const result = spawnSync(node, args, {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 64e6,
		env: { ...process.env, NODE_ENV: 'production' }
	});
	if (result.status === 0) return;
	const said = `${result.stdout ?? ''}${result.stderr ?? ''}`;
	process.stderr.write(said);
	giveUp(
		/ENOSPC|no space left/i.test(said)
			? 'The disk is full: free about 100 MB where Hamkor lies, then run the same command again.'
			: 'Building failed (the reason stands above).'
	);
}
