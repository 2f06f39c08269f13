import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readIfThere } from '#server/data-folder.ts';
import { isCode, pause } from '#server/errors.ts';
import { OperatorProblem } from '#server/problem.ts';

const holderSchema = z.object({ pid: z.number().int().positive(), born: z.string(), what: z.string(), stopping: z.boolean() });
type Holder = z.infer<typeof holderSchema>;

/** How long to wait for a program that runs, in milliseconds: it may just have been told to stop. */
const patience = 2500;
/** How long to wait for one that says it is stopping. */
const longPatience = 30_000;

export type FolderLock = {
	/** Says to those who wait that this process is about to let go. */
	stopping(): void;
	release(): void;
};

/**
 * Makes this process the only one that works on a data folder, until it releases the lock. One left behind by
 * a killed process is taken over at once.
 *
 * @param folder the data folder
 * @param what what this process is, for the sentence another one is given: `npm start`
 * @throws OperatorProblem when another process holds the folder and does not let go
 */
export async function lockDataFolder(folder: string, what: string): Promise<FolderLock> {
	const file = path.join(folder, 'lock');
	const mine: Holder = { pid: process.pid, born: birth(process.pid) ?? '', what, stopping: false };
	const began = Date.now();
	for (;;) {
		if (take(file, mine)) return held(file, mine);
		const text = readIfThere(file);
		if (text === undefined) continue;
		const holder = parse(text);
		if (!holder || !isAlive(holder)) {
			removeStale(file, text);
			continue;
		}
		if (Date.now() - began > (holder.stopping ? longPatience : patience)) {
			throw new OperatorProblem(
				`The data folder ${folder} is in use by another Hamkor (${holder.what}, process ${holder.pid}): stop that one first, or set HAMKOR_DATA to another folder.`
			);
		}
		await pause(200);
	}
}

function held(file: string, mine: Holder): FolderLock {
	return {
		stopping() {
			const aside = `${file}.${process.pid}`;
			try {
				writeFileSync(aside, JSON.stringify({ ...mine, stopping: true }), { mode: 0o600 });
				renameSync(aside, file);
			} catch {
				// On a full disk the next program waits a little less patiently; that is no reason not to stop in order.
				rmSync(aside, { force: true });
			}
		},
		release: () => rmSync(file, { force: true })
	};
}

/** Whether a living process holds the folder. */
export function isLocked(folder: string): boolean {
	const holder = parse(readIfThere(path.join(folder, 'lock')) ?? '');
	return holder !== null && isAlive(holder);
}

/** Appears whole or not at all: the file is written aside, and a link to an existing name fails. */
function take(file: string, mine: Holder): boolean {
	const aside = `${file}.${process.pid}`;
	writeFileSync(aside, JSON.stringify(mine), { mode: 0o600 });
	try {
		linkSync(aside, file);
		return true;
	} catch (error) {
		if (isCode(error, 'EEXIST')) return false;
		throw error;
	} finally {
		rmSync(aside, { force: true });
	}
}

/** Two that see the same stale lock at once must not remove each other's new one: what was moved away is looked at again. */
function removeStale(file: string, seen: string): void {
	const away = `${file}.stale.${process.pid}`;
	try {
		renameSync(file, away);
	} catch (error) {
		if (isCode(error, 'ENOENT')) return;
		throw error;
	}
	try {
		if (readFileSync(away, 'utf8') !== seen) linkSync(away, file);
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
	} finally {
		rmSync(away, { force: true });
	}
}

function parse(text: string): Holder | null {
	try {
		return holderSchema.parse(JSON.parse(text));
	} catch {
		return null;
	}
}

function isAlive({ pid, born }: Holder): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if (!isCode(error, 'EPERM')) return false;
	}
	// The number may have been given to another process since.
	const now = birth(pid);
	return now === null || born === '' || now === born;
}

/** When a process began, in the kernel's own count, or null where that is not told. A dead one that nobody has reaped counts as gone. */
function birth(pid: number): string | null {
	if (process.platform !== 'linux') return null;
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null);
	} catch {
		return null;
	}
}
