import { spawn } from 'node:child_process';

/**
 * Runs one of the installed tools.
 *
 * @param file its program, from the project's folder
 * @returns what it printed when it failed, line by line; nothing when it was content
 */
export function toolProblems(file: string, args: readonly string[]): Promise<string[]> {
	const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more: string) => (text += more));
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			const lines = text.split('\n').filter((line) => line.trim() !== '');
			resolve(code === 0 ? [] : lines.length > 0 ? lines : [`${file} ended with ${code}`]);
		});
	});
}
