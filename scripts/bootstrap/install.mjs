import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { freeMegabytes, lacksGlibc } from './machine.mjs';
import { runsTheProgram, shippedVersion } from './runtime.mjs';
import { giveUp, tell } from './say.mjs';

/** What a complete install takes, with room to build. Measured: 640 MB of packages, 60 MB of build. */
const neededMegabytes = 900;

/**
 * Installs the packages when they are missing or not those of package-lock.json.
 *
 * @param {string} root the project's folder
 */
export function ensureInstalled(root) {
	const stampFile = path.join(root, 'node_modules/.hamkor-install');
	const stamp = fingerprint(root, ['package-lock.json']) + process.platform + process.arch;
	if (readIfThere(stampFile) === stamp || installedByHand(root)) return;

	const free = freeMegabytes(root);
	if (free !== null && free < neededMegabytes) {
		giveUp(
			`The disk is full: ${free} MB are free where ${root} lies, and installing takes about ${neededMegabytes} MB. ` +
				'Free some space and run the same command again.'
		);
	}
	tell('Installing packages (the first time this takes a minute or two)…');
	const problem = npmCi(root);
	if (problem) giveUp(problem);
	writeFileSync(stampFile, stamp);
}

/** @param {string} root @returns {string | null} a sentence when it failed */
function npmCi(root) {
	// dev and optional are named because NODE_ENV=production or a user's own npm settings would leave them out: the
	// first holds the build tools, the second the database and the runtime for this machine.
	const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
	const npm = process.env.npm_execpath;
	const viaNpm = npm && /npm-cli\.c?js$/.test(npm);
	const result = spawnSync(viaNpm ? process.execPath : 'npm', viaNpm ? [npm, ...args] : args, {
		cwd: root,
		env: environmentOfNpm(root),
		stdio: ['ignore', 'ignore', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 64e6,
		shell: !viaNpm && process.platform === 'win32'
	});
	if (result.stderr) process.stderr.write(result.stderr);
	if (result.status === 0) return null;
	const said = result.stderr ?? '';
	if (result.error && 'code' in result.error && result.error.code === 'ENOENT') {
		return 'npm is not there: install npm (on Debian: apt install npm), then run the same command again.';
	}
	if (/ENOSPC|no space left/i.test(said)) {
		return 'The disk is full: free about 1 GB where Hamkor lies, then run the same command again.';
	}
	if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network/i.test(said)) {
		return 'The packages could not be fetched: check the connection to the internet, then run the same command again.';
	}
	if (/EACCES|EPERM|EROFS/.test(said)) {
		return `The packages could not be written: give this account the right to write in ${root}, then run the same command again.`;
	}
	return 'Installing the packages failed (npm says why above). Put that right, then run the same command again.';
}

/**
 * The environment npm runs in: where the Node of the packages, not this one, will run the program, npm asks that one's version whether a
 * package fits.
 *
 * @param {string} root
 */
function environmentOfNpm(root) {
	const shipped = shippedVersion(root);
	if (!shipped || runsTheProgram(process.versions.node)) return process.env;
	const preload = path.join(root, 'scripts/bootstrap/engines-of-the-shipped-node.cjs').replaceAll('\\', '\\\\');
	return {
		...process.env,
		HAMKOR_SHIPPED_NODE: shipped,
		NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require "${preload}"`.trim()
	};
}

/**
 * Whether node_modules already holds every package of the lock that this machine needs, installed by someone with npm
 * itself. npm writes its own list last, so a half-finished install does not pass.
 *
 * @param {string} root
 */
function installedByHand(root) {
	const list = readIfThere(path.join(root, 'node_modules/.package-lock.json'));
	if (list === null) return false;
	const there = JSON.parse(list).packages;
	const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
	return Object.entries(wanted).every(
		([place, entry]) =>
			place === '' || !isForThisMachine(entry) || there[place]?.version === entry.version
	);
}

/** @param {{ optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} entry */
function isForThisMachine(entry) {
	if (!entry.optional) return true;
	// Optional packages that name no machine are helpers of other machines' builds: the install can do without them.
	if (!entry.os || !entry.cpu) return false;
	const libc = lacksGlibc() ? 'musl' : 'glibc';
	return (
		[entry.os].flat().includes(process.platform) &&
		[entry.cpu].flat().includes(process.arch) &&
		(!entry.libc || [entry.libc].flat().includes(libc))
	);
}

/** @param {string} file */
function readIfThere(file) {
	return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
