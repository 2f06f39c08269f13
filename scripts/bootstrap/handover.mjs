import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { byFault } from '../exit-codes.mjs';

/** How often within a minute a program is started again that a fault has ended. */
const againPerMinute = 5;

/**
 * Runs the program in the chosen Node and lives and dies with it: signals go on to the program, its exit code comes back,
 * and if this process or npm above it is killed outright, the program notices the closed channel and stops in order.
 * A program that a fault of its own has ended is started again: phones that send at night must not wait for the morning.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {string} cwd the folder to run in
 */
export function handOver(node, args, cwd) {
	let told = false;
	/** @type {number[]} */
	let faults = [];
	let child = start();
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => stop(signal));
	}
	if (process.env.npm_lifecycle_event) whenOrphaned(() => stop('SIGTERM'));

	function start() {
		const started = spawn(node, args, {
			cwd,
			stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
			env: { ...process.env, HAMKOR_SUPERVISED: '1' }
		});
		started.on('error', (error) => {
			process.stderr.write(`The program could not be started: ${error.message}\n`);
			process.exit(1);
		});
		started.on('exit', (code, signal) => {
			faults = faults.filter((time) => time > Date.now() - 60_000);
			if (code !== byFault || told || faults.length >= againPerMinute) process.exit(code ?? (signal ? 1 : 0));
			faults.push(Date.now());
			process.stderr.write('The program ended by a fault of its own, told in the lines above. It is started again.\n');
			child = start();
		});
		return started;
	}

	/** @param {NodeJS.Signals} signal */
	function stop(signal) {
		told = true;
		child.kill(signal);
	}
}

/**
 * Under `npm start` the parent is npm, or a shell of npm's: when npm is killed outright no signal comes, only its children get a
 * new parent.
 *
 * @param {() => void} stop called when that has happened
 */
function whenOrphaned(stop) {
	const before = parents();
	setInterval(() => {
		if (parents() !== before) stop();
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
