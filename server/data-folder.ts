import { mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isCode } from '#server/errors.ts';
import { OperatorProblem } from '#server/problem.ts';

/** Of what lies in the data folder: raised when an older program could no longer read it. */
export const dataVersion = 1;

/** Less than this and PostgreSQL may stop in the middle of something. */
const neededMegabytes = 150;

/**
 * Makes the data folder when it is not there, and refuses one that a newer version wrote or that has no room left.
 *
 * @param folder an absolute path
 * @throws OperatorProblem
 */
export function openDataFolder(folder: string): void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		refuseFullDisk(folder);
		refuseNewer(folder);
	} catch (error) {
		throw asProblem(error, folder);
	}
}

function refuseFullDisk(folder: string): void {
	const disk = statfsSync(folder);
	const free = Math.floor((disk.bavail * disk.bsize) / 1e6);
	if (free >= neededMegabytes) return;
	throw new OperatorProblem(
		`The disk is full: ${free} MB are free where the data folder ${folder} lies. Free at least ${neededMegabytes} MB, then start again.`
	);
}

function refuseNewer(folder: string): void {
	const file = path.join(folder, 'version');
	const found = readIfThere(file)?.trim();
	if (found === undefined) {
		writeFileSync(file, `${dataVersion}\n`, { mode: 0o600 });
		return;
	}
	if (!/^\d+$/.test(found)) {
		throw new OperatorProblem(`${file} is damaged: it should hold the number ${dataVersion}. Put it right, then start again.`);
	}
	if (Number(found) > dataVersion) throw new OperatorProblem(newerData(folder));
}

/** The sentence for data that a newer version of the program has written. */
export const newerData = (where: string): string =>
	`The data in ${where} was written by a newer version of Hamkor than this one: start that newer version, or set HAMKOR_DATA to another folder.`;

/** Turns what the file system says into a sentence, where a person can do something about it. */
export function asProblem(error: unknown, folder: string): unknown {
	if (isCode(error, 'ENOSPC')) {
		return new OperatorProblem(`The disk is full where the data folder ${folder} lies: free some space, then start again.`);
	}
	if (isCode(error, 'EACCES') || isCode(error, 'EPERM') || isCode(error, 'EROFS')) {
		return new OperatorProblem(
			`This account may not write in the data folder ${folder}: give it that right, or set HAMKOR_DATA to a folder of its own.`
		);
	}
	if (isCode(error, 'ENOTDIR') || isCode(error, 'EEXIST')) {
		return new OperatorProblem(`${folder} is not a folder: set HAMKOR_DATA to the folder for the data.`);
	}
	return error;
}

/** The contents of a small text file, or undefined when it is not there. */
export function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (isCode(error, 'ENOENT')) return undefined;
		throw error;
	}
}
