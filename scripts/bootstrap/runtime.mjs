import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { giveUp } from './say.mjs';

/** The oldest Node the program itself runs on: it needs type stripping and argon2. */
const oldest = [24, 7];

/** The runtimes that come with the install, by platform. @type {Record<string, string>} */
const shippedFor = { linux: 'node-linux', win32: 'node-win' };

/**
 * The Node to run the program with: the one that runs this script when it is new enough, else the one that was installed
 * with the packages.
 *
 * @param {string} root the project's folder
 */
export function chooseNode(root) {
	if (runsTheProgram(process.versions.node)) return process.execPath;
	const shipped = shippedNode(root);
	if (shipped && runsTheProgram(versionOf(shipped))) return shipped;
	return giveUp(
		`Hamkor needs Node ${oldest.join('.')} or newer. This is ${process.versions.node}, and no newer one that starts here came with the ` +
			'packages: install Node 24 (nodejs.org), then run the same command again.'
	);
}

/**
 * The version of the Node that the packages bring for this machine, or null where they bring none.
 *
 * @param {string} root the project's folder
 * @returns {string | null}
 */
export function shippedVersion(root) {
	const name = shippedFor[process.platform];
	const wanted = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).optionalDependencies;
	return (name && wanted[`${name}-${process.arch}`]) ?? null;
}

/** @param {string} root */
function shippedNode(root) {
	const name = shippedFor[process.platform];
	if (!name) return null;
	const program = process.platform === 'win32' ? 'node.exe' : 'node';
	const file = path.join(root, 'node_modules', `${name}-${process.arch}`, 'bin', program);
	return existsSync(file) ? file : null;
}

/** @param {string} node */
function versionOf(node) {
	const result = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' });
	return result.status === 0 ? result.stdout.trim() : '0.0';
}

/**
 * Whether a Node of this version can run the program.
 *
 * @param {string} version as `24.21.0`
 */
export function runsTheProgram(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
