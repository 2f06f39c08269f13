import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { problem } from './problem.ts';
import { asProblem } from './thrown-problem.ts';

const refused = (code: string): DatabaseError => Object.assign(new DatabaseError('x', 1, 'error'), { code });
const failed = (facts: object): Error => Object.assign(new Error('x'), facts);

describe('what was thrown', () => {
	it.each([
		['no connection left', refused('53300')], ['a database that is starting', refused('57P03')], ['nobody at the socket', failed({ syscall: 'connect', code: 'ENOENT' })], ['a connection that broke', new Error('Connection terminated unexpectedly')], ['one that broke while it was written to', failed({ syscall: 'write', code: 'EPIPE' })],
		['one that had broken before', new Error('Client has encountered a connection error and is not queryable')]
	])('is a database that is away: %s', (_, thrown) => expect(asProblem(thrown)).toMatchObject({ code: 'database-away', status: 503 }));

	it.each([['for the database', refused('53100')], ['for a file', failed({ code: 'ENOSPC', syscall: 'write' })], ['of a quota', failed({ code: 'EDQUOT' })]])(
		'is a full disk: no room %s', (_, thrown) => expect(asProblem(thrown)).toMatchObject({ code: 'disk-full', status: 503 })
	);

	it('is what it says when it is a problem already, and a bug when nobody knows it', () => {
		const known = problem('gap.already-closed', 409);
		expect(asProblem(known)).toBe(known);
		expect([failed({ code: 'ENOENT', syscall: 'open' }), refused('42703'), 'text', undefined].map(asProblem)).toEqual([undefined, undefined, undefined, undefined]);
	});
});
