import pino, { type Logger } from 'pino';
import { settings } from './settings.ts';

/**
 * Keys whose values never reach the log, wherever they stand one level deep: addresses, names, and what opens doors. The
 * first line of defence is not to hand them over; this is the second.
 */
const hidden = [
	'ip', 'address', 'remoteAddress', 'email', 'name', 'fullName', 'phone', 'password', 'token', 'cookie',
	'authorization', 'headers', 'body', 'code'
];

/** A line for a person at a terminal instead of JSON. */
const terminal = {
	write(line: string): void {
		const { time, level, msg, method, path, status, ms, err }: Record<string, unknown> = JSON.parse(line);
		const clock = new Date(Number(time)).toTimeString().slice(0, 8);
		const request = method ? `${String(method)} ${String(path)} ${String(status)} ${String(ms)} ms` : '';
		const trace = err && typeof err === 'object' && 'stack' in err ? `\n${String(err.stack)}` : '';
		process.stderr.write(`${clock} ${String(level)} ${[msg, request].filter(Boolean).join(' ')}${trace}\n`);
	}
};

/**
 * What an error may say in the log. PostgreSQL repeats values in `detail`, and a message can quote input, so of a database
 * error only its code and the names of things are kept.
 */
function plainError(error: Error): Record<string, unknown> {
	const fromDatabase = 'severity' in error && 'code' in error;
	if (!fromDatabase) return { type: error.name, message: error.message, stack: error.stack };
	const { code, schema, table, constraint, routine }: Record<string, unknown> = { ...error };
	const stack = String(error.stack ?? '').replace(error.message, '…');
	return { type: 'DatabaseError', sqlstate: code, schema, table, constraint, routine, stack };
}

/** Makes a logger. Exported for tests; the program uses `log`. */
export function makeLogger(level: string, stream: { write(line: string): void }): Logger {
	return pino(
		{
			level,
			base: null,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: [...hidden, ...hidden.map((key) => `*.${key}`)], remove: true },
			serializers: { err: plainError }
		},
		stream
	);
}

function make(): Logger {
	const atTerminal = process.stderr.isTTY === true;
	const level = settings().HAMKOR_LOG_LEVEL ?? (atTerminal ? 'warn' : 'info');
	return makeLogger(level, atTerminal ? terminal : pino.destination({ dest: 2, sync: true }));
}

let made: Logger | undefined;

/**
 * The structured log, JSON lines on the error stream (one readable line each at a terminal). It holds no network
 * addresses, no names and no contents: say what happened to which kind of thing, with its id at most.
 */
export const log = (): Logger => (made ??= make());
