import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** A file of the project by its path. */
export const file = (name: string): string => path.join(root, name);

/** Starts the real program on a scratch folder, with durable commits, at a free port. */
export async function startProgram(folder: string): Promise<{ child: ChildProcess; base: string }> {
	const child = fork(file('server/cli/main.ts'), ['start'], {
		cwd: root,
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', HOST: '127.0.0.1', HAMKOR_DATA: path.join(folder, 'data'), HAMKOR_LOG_LEVEL: 'warn' },
		stdio: ['ignore', 'pipe', 'inherit', 'ipc']
	});
	let said = '';
	const port = await new Promise<string>((resolve, reject) => {
		child.stdout?.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			const found = /Hamkor is ready: \S+?:(\d+)\//.exec(said);
			if (found?.[1]) resolve(found[1]);
		});
		child.once('exit', () => reject(new Error(`the program did not start:\n${said}`)));
	});
	return { child, base: `http://127.0.0.1:${port}` };
}

/** The next message of a process. */
export function heard<T>(child: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const gone = (): void => reject(new Error('a process of the measurement ended'));
		child.once('exit', gone);
		child.once('message', (message: T) => {
			child.off('exit', gone);
			resolve(message);
		});
	});
}

/** Ends a process that we started, and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await gone;
}
