import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The real program, started for a test on a data folder of its own. */
export type App = {
	/** Its address, without a slash at the end. */
	readonly base: string;
	readonly folder: string;
	readonly process: ChildProcess;
	/** All it has printed so far, both streams. */
	said(): string;
	/** The code for the first administrator, when it printed one. */
	firstRunCode(): string | null;
	/** The code for the demonstration's sign-in, when it printed one. */
	demoCode(): string | null;
	/** Tells it to stop and waits; answers with the exit code. The data folder is removed unless it was handed in. */
	stop(): Promise<number>;
};

type Options = {
	/** A folder to use instead of one as `usedFolder` makes it. */
	folder?: string;
	/** Whether the demonstration is laid out in it. */
	demonstration?: boolean;
	env?: Record<string, string>;
	/** Whether commits wait for the disk, as in real use. Tests that kill need it; others are faster without. */
	durable?: boolean;
};

/** A scratch folder that the database's account can reach too. */
export function scratchFolder(): string {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'hamkor-'));
	chmodSync(folder, 0o755);
	return folder;
}

/** A scratch folder with the data of a program that has made and migrated its database, and nothing else so far. */
export function usedFolder(): string {
	const folder = scratchFolder();
	const used = process.env['HAMKOR_USED_DATA'];
	if (used !== undefined) copy(used, path.join(folder, 'data'));
	return folder;
}

/** A scratch folder with the data of a program in which the demonstration was laid out: by the first test that asks, for all. */
async function demonstrationFolder(): Promise<string> {
	const used = process.env['HAMKOR_USED_DATA'];
	if (used === undefined) return layOutDemonstration();
	const [laidOut, beingMade] = [`${used}-demonstration`, `${used}-demonstration-being-made`];
	if (takes(beingMade)) renameSync(path.join(layOutDemonstration(), 'data'), laidOut);
	for (const until = Date.now() + 300_000; !existsSync(laidOut); await pause(200)) {
		if (Date.now() > until) throw new Error('another test did not lay the demonstration out');
	}
	const folder = scratchFolder();
	copy(laidOut, path.join(folder, 'data'));
	return folder;
}

function layOutDemonstration(): string {
	const folder = usedFolder();
	const made = spawnSync(process.execPath, ['server/cli/main.ts', 'demo'], { cwd: root, env: { ...process.env, HAMKOR_DATA: path.join(folder, 'data'), HAMKOR_FAST_TESTS: '1' }, encoding: 'utf8' });
	if (made.status !== 0) throw new Error(`no demonstration: ${made.stdout}${made.stderr}`);
	return folder;
}

/** Whether this is the first to make the folder. */
function takes(folder: string): boolean {
	try {
		mkdirSync(folder);
		return true;
	} catch {
		return false;
	}
}

/** Copies a data folder whose program has ended, with the owners of its files. */
function copy(from: string, to: string): void {
	if (spawnSync('cp', ['-a', from, to]).status !== 0) throw new Error('the data folder was not copied');
}

/** A port that nobody listens on just now. */
export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
		});
	});

/** Starts the program without waiting: its process, and what it prints. */
export function spawnApp({ folder, env = {}, durable = false }: Options & { folder: string }): {
	process: ChildProcess;
	said: () => string;
} {
	const child = spawn(process.execPath, ['server/cli/main.ts', 'start'], {
		cwd: root,
		env: {
			PATH: process.env['PATH'],
			HOME: process.env['HOME'],
			PORT: '0',
			HAMKOR_DATA: path.join(folder, 'data'),
			HAMKOR_FAST_TESTS: durable ? '0' : '1',
			HAMKOR_LOG_LEVEL: 'info',
			// What a program has compiled is there for the next.
			NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/node'),
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (more: string) => (text += more));
	}
	return { process: child, said: () => text };
}

/** Resolves with the exit code when the process has ended. */
export function ended(child: ChildProcess): Promise<number> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? -1);
	return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
}

/** Starts the program and waits until it has printed its address. @throws with what it printed, when it ends before */
export async function startApp(options: Options = {}): Promise<App> {
	const folder = options.folder ?? (options.demonstration ? await demonstrationFolder() : usedFolder());
	const { process: child, said } = spawnApp({ ...options, folder });
	const base = await addressIn(child, said);
	// A program that ends by itself while a test goes on says why, wherever the test fails of it.
	let told = false;
	child.once('exit', (code, signal) => void (told || signal !== null || process.stderr.write(`the program ended, and no test told it to (${code}):\n${said()}\n`)));
	return {
		base,
		folder,
		process: child,
		said,
		firstRunCode: () => /First run code: ([A-Z0-9]{4}(?:-[A-Z0-9]{4})+)/.exec(said())?.[1] ?? null,
		demoCode: () => /Demonstration sign-in code: ([A-Z0-9]{4}(?:-[A-Z0-9]{4})+)/.exec(said())?.[1] ?? null,
		async stop() {
			told = true;
			child.kill('SIGTERM');
			const code = await ended(child);
			if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
			return code;
		}
	};
}

function addressIn(child: ChildProcess, said: () => string): Promise<string> {
	return new Promise((resolve, reject) => {
		const look = (): void => {
			const found = /Hamkor is ready: (https?:\/\/\S+?)\/\s/.exec(said());
			if (!found?.[1]) return;
			child.stdout?.off('data', look);
			resolve(found[1]);
		};
		child.stdout?.on('data', look);
		child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${said()}`)));
	});
}
