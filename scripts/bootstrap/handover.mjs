import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs the program in the chosen Node and lives and dies with it: signals go on to the program, its exit code comes back,
 * and if this process or npm above it is killed outright, the program notices the closed channel and stops in order.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {string} cwd the folder to run in
 */
export function handOver(node, args, cwd) {
	const child = spawn(node, args, {
		cwd,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: { ...process.env, HAMKOR_SUPERVISED: '1' }
	});
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	if (process.env.npm_lifecycle_event) stopWithParent(child);
	child.on('error', (error) => {
		process.stderr.write(`The program could not be started: ${error.message}\n`);
		process.exit(1);
	});
	child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/**
 * Under `npm start` the parent is npm, or a shell of npm's: when npm is killed outright no signal comes, only its children get a
 * new parent.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithParent(child) {
	const before = parents();
	setInterval(() => {
		if (parents() !== before) child.kill('SIGTERM');
	}, 500).unref();
}

/** This process's parent and, where the kernel tells, the parent's own. */
function parents() {
	try {
		const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
		return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
	} catch {
		return String(process.ppid);
	}
}
