import { spawn } from 'node:child_process';

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
 * Under `npm start` the parent is npm (or its shell): when that is killed outright no signal comes, only a new parent.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithParent(child) {
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) child.kill('SIGTERM');
	}, 1000).unref();
}
