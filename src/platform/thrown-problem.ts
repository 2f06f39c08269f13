import { DatabaseError } from 'pg';
import { Problem, problem } from './problem.ts';

/** What the database says of itself, not of what it was asked: no connection left, or it is stopping, recovering or starting. */
const awayCodes = /^(?:08...|53300|57P0[1-5])$/;

/** The database cannot be reached at the moment, or went away while it was asked. What was asked may be asked again. */
function isAway(thrown: unknown): boolean {
	if (thrown instanceof AggregateError) return thrown.errors.length > 0 && thrown.errors.every(isAway);
	if (thrown instanceof DatabaseError) return awayCodes.test(thrown.code ?? '');
	if (!(thrown instanceof Error)) return false;
	if ('syscall' in thrown && (thrown.syscall === 'connect' || ('code' in thrown && (thrown.code === 'EPIPE' || thrown.code === 'ECONNRESET')))) return true;
	// The driver has no code for a connection that broke.
	return /^Connection terminated|^Client has encountered a connection error/.test(thrown.message);
}

/** The disk has no room, for the database or for a file. Nothing of what was asked has been kept; it may be asked again once there is room. */
function isFull(thrown: unknown): boolean {
	if (thrown instanceof DatabaseError) return thrown.code === '53100';
	return thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT');
}

/** A problem for what a command threw: its own, or one that the database's rules raised. Undefined: a bug. */
export function asProblem(thrown: unknown): Problem | undefined {
	if (thrown instanceof Problem) return thrown;
	if (isAway(thrown)) return problem('database-away', 503);
	if (isFull(thrown)) return problem('disk-full', 503);
	if (!(thrown instanceof DatabaseError)) return undefined;
	switch (thrown.code) {
		case 'HM001': // raised by our own constraint triggers; the message is the code
			return problem(thrown.message, 409);
		case '42501': // row level security refused a write that no permit should have let through
			return problem('not-permitted', 403);
		case '23505':
			return problem('exists-already', 409);
		case '23503':
			return problem('cited-thing-missing', 409);
		case '40001':
		case '40P01':
			return problem('try-again', 409);
		case '22021': // characters that no text can hold, such as NUL
		case '22P05':
			return problem('field-invalid', 400);
		case '22P02': // text that is no UUID, number or date
		case '22007':
		case '22008':
			return problem('not-found', 404);
		default:
			return undefined;
	}
}
