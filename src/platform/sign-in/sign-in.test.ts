import { createHook } from 'node:async_hooks';
import { describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../../../test/database.ts';
import { system } from '../actor.ts';
import { inTransaction } from '../database.server.ts';
import { newId } from '../ids.ts';
import { readSession } from '../session.server.ts';
import { rememberDevice } from './device.server.ts';
import { makeAccount, pendingTotp, confirmTotp } from './own-account.server.ts';
import { stepUp, unlock } from './presence.server.ts';
import { makeOneTimeCodes } from './second-factor.server.ts';
import { endSession, mySessions } from './sessions.server.ts';
import { signIn, signInSecond, type Browser } from './sign-in.server.ts';
import { issueTicket } from './ticket.server.ts';
import { totpCode } from './totp.server.ts';

useDatabase();

const password = 'toʻrt oq ot choʻlda';
const stranger: Browser = { device: undefined, session: undefined, label: 'Firefox, Linux' };
const waited: number[] = [];
/** The clock of a test: stands where it is put; waiting takes no time and is noted. */
const at = (now: Date) => ({ now, pause: async (ms: number) => void waited.push(ms) });
const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);
const today = (): Date => new Date();

type Somebody = { personId: string; signInName: string; codes: string[]; totp: string };

async function somebody(now = later(today(), -3600)): Promise<Somebody> {
	const personId = newId();
	const signInName = `odam-${personId}`;
	await owner.query(`insert into network.person (id, display_name) values ($1, 'Odam')`, [personId]);
	const codes = await inTransaction(system('sign-in'), async (tx) => {
		await makeAccount(tx, { personId, signInName, password, locale: 'uz' });
		return makeOneTimeCodes(tx, personId, now);
	});
	const totp = await inTransaction({ kind: 'person', personId }, async (tx) => {
		const { secret = '' } = (await pendingTotp(tx, personId)) ?? {};
		await confirmTotp(tx, personId, totpCode(secret, now), now);
		return secret;
	});
	return { personId, signInName, codes, totp };
}

async function passwordStep(who: Somebody, now: Date, browser = stranger): Promise<string> {
	const answer = await signIn({ signInName: who.signInName, password }, browser, at(now));
	if (!('ticket' in answer)) throw new Error('no second step');
	return answer.ticket;
}

const enterWith = async (who: Somebody, code: string, now: Date, browser = stranger) =>
	signInSecond(await passwordStep(who, now, browser), code, browser, at(now));

describe('signing in', () => {
	it('takes a name in any case, a password, and a code of the app; the session is hers', async () => {
		const who = await somebody();
		const now = today();
		const answer = await signIn({ signInName: ` ${who.signInName.toUpperCase()} `, password }, stranger, at(now));
		expect(answer).toHaveProperty('ticket');
		const { token } = await enterWith(who, totpCode(who.totp, now), now);
		expect(await readSession(token)).toMatchObject({ personId: who.personId, locked: false });
	});
	it('refuses a code of the app that was used already, also the one of the moment before', async () => {
		const who = await somebody();
		const now = today();
		await enterWith(who, totpCode(who.totp, now), now);
		await expect(enterWith(who, totpCode(who.totp, now), now)).rejects.toMatchObject({ code: 'sign-in.code-wrong' });
		await expect(enterWith(who, totpCode(who.totp, later(now, -30)), now)).rejects.toMatchObject({ code: 'sign-in.code-wrong' });
		await expect(enterWith(who, totpCode(who.totp, later(now, 30)), now)).resolves.toHaveProperty('token');
	});
	it('lets only one of two in who bring the same code at the same moment', async () => {
		const who = await somebody();
		const now = today();
		const [one, two] = [await passwordStep(who, now), await passwordStep(who, now)];
		const [code = ''] = who.codes;
		const ends = await Promise.allSettled([signInSecond(one, code, stranger, at(now)), signInSecond(two, code, stranger, at(now))]);
		expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});
	it('takes a printed one-time code once, however it is typed', async () => {
		const who = await somebody();
		const now = today();
		const [code = ''] = who.codes;
		await expect(enterWith(who, code.toLowerCase().replaceAll('-', ' '), now)).resolves.toHaveProperty('token');
		await expect(enterWith(who, code, now)).rejects.toMatchObject({ code: 'sign-in.code-wrong' });
	});
	it('makes the old sheet void when a new one is made', async () => {
		const who = await somebody();
		await inTransaction(system('sign-in'), (tx) => makeOneTimeCodes(tx, who.personId, today()));
		await expect(enterWith(who, who.codes[0] ?? '', today())).rejects.toMatchObject({ code: 'sign-in.code-wrong' });
	});
	it('uses the ticket of the first step up: nobody comes in twice with it', async () => {
		const who = await somebody();
		const now = today();
		const ticket = await passwordStep(who, now);
		await signInSecond(ticket, who.codes[0] ?? '', stranger, at(now));
		await expect(signInSecond(ticket, who.codes[1] ?? '', stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.expired' });
	});
	it('lets the second step wait for ten minutes, not longer', async () => {
		const who = await somebody();
		const now = today();
		const ticket = await passwordStep(who, now);
		await expect(signInSecond(ticket, who.codes[0] ?? '', stranger, at(later(now, 601)))).rejects.toMatchObject({ code: 'sign-in.expired' });
	});
	it('takes no forged ticket, and none of another kind', async () => {
		const who = await somebody();
		const now = today();
		const data = { personId: who.personId, signInName: who.signInName };
		const foreign = issueTicket('demo-sign-in', data, 10, now);
		const real = await passwordStep(who, now);
		for (const ticket of [foreign, 'AAAA', `${real.slice(0, -6)}AAAAAA`, undefined]) {
			await expect(signInSecond(ticket, who.codes[0] ?? '', stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.expired' });
		}
	});
	it('ends the second step after five wrong codes', async () => {
		const who = await somebody();
		const now = today();
		const ticket = await passwordStep(who, now);
		for (let n = 0; n < 5; n++) await expect(signInSecond(ticket, '000000', stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.code-wrong' });
		await expect(signInSecond(ticket, who.codes[0] ?? '', stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.expired' });
	});
	it('answers an unknown name as it answers a wrong password', async () => {
		const who = await somebody();
		for (const signInName of [who.signInName, `nobody-${newId()}`]) {
			await expect(signIn({ signInName, password: 'something else' }, stranger, at(today()))).rejects.toMatchObject({ code: 'sign-in.wrong', status: 401 });
		}
	});
	it('does as much work for an unknown name as for a known one', async () => {
		const who = await somebody();
		const hashed = async (signInName: string): Promise<number> => {
			let times = 0;
			const counting = createHook({ init: (_, type) => void (times += type === 'ARGON2REQUEST' ? 1 : 0) }).enable();
			await signIn({ signInName, password: 'something else' }, stranger, at(today())).catch(() => {});
			counting.disable();
			return times;
		};
		expect(await hashed(who.signInName)).toBe(1);
		expect(await hashed(`nobody-${newId()}`)).toBe(1);
	});
	it('lets nobody in whose account is closed', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		await owner.query('update platform.account set disabled_at = now() where person_id = $1', [who.personId]);
		expect(await readSession(token)).toBeNull();
		await expect(signIn({ signInName: who.signInName, password }, stranger, at(today()))).rejects.toMatchObject({ code: 'sign-in.wrong' });
	});
});

describe('somebody who wants to lock another out', () => {
	const guess = (signInName: string, now: Date, browser = stranger) =>
		signIn({ signInName, password: 'a wrong guess' }, browser, at(now)).then(
			() => 'in',
			(problem: { code: string }) => problem.code
		);
	it('is slowed, then refused; the person herself comes in from a device she has used before', async () => {
		const who = await somebody();
		const now = today();
		const own: Browser = { ...stranger, device: rememberDevice(undefined, who.signInName) };
		waited.length = 0;
		const answers: string[] = [];
		for (let n = 0; n < 25; n++) answers.push(await guess(who.signInName, now));
		expect(answers.slice(0, 10)).toEqual(Array(10).fill('sign-in.wrong'));
		expect(answers.slice(10)).toEqual(Array(15).fill('sign-in.wait'));
		expect(Math.max(...waited)).toBeGreaterThanOrEqual(4000);
		waited.length = 0;
		await expect(enterWith(who, totpCode(who.totp, now), now, own)).resolves.toHaveProperty('token');
		expect(waited.every((ms) => ms === 0)).toBe(true);
	});
	it('cannot keep her out on a new device either: a printed code opens at once, and is used up', async () => {
		const who = await somebody();
		const now = today();
		for (let n = 0; n < 12; n++) await guess(who.signInName, now);
		await expect(signIn({ signInName: who.signInName, password }, stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.wait', status: 429 });
		const typed = { signInName: who.signInName, password, code: who.codes[0] };
		await expect(signIn(typed, stranger, at(now))).resolves.toHaveProperty('token');
		await expect(signIn(typed, stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.wait' });
		await expect(signIn({ ...typed, password: 'a wrong guess', code: who.codes[1] }, stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.wrong' });
		await expect(signIn({ ...typed, code: who.codes[1] }, stranger, at(now))).rejects.toMatchObject({ code: 'sign-in.wait' });
	});
	it('gains nothing by trying many at once', async () => {
		const who = await somebody();
		const answers = await Promise.all(Array.from({ length: 30 }, () => guess(who.signInName, today())));
		expect(answers.filter((answer) => answer === 'sign-in.wrong').length).toBeLessThanOrEqual(10);
	});
	it('is refused on a name that nobody has in the same way', async () => {
		const name = `nobody-${newId()}`;
		const answers: string[] = [];
		for (let n = 0; n < 12; n++) answers.push(await guess(name, today()));
		expect(answers.slice(10)).toEqual(['sign-in.wait', 'sign-in.wait']);
	});
	it('stands before an open door again after a quarter of an hour, no later', async () => {
		const who = await somebody();
		const now = later(today(), -1800);
		for (let n = 0; n < 12; n++) await guess(who.signInName, now);
		await expect(signIn({ signInName: who.signInName, password }, stranger, at(later(now, 901)))).resolves.toHaveProperty('ticket');
	});
	it('cannot pass for a known device with somebody else’s cookie', async () => {
		const [who, other] = [await somebody(), await somebody()];
		const now = today();
		for (let n = 0; n < 10; n++) await guess(who.signInName, now);
		const cookie = rememberDevice(undefined, other.signInName);
		expect(await guess(who.signInName, now, { ...stranger, device: cookie })).toBe('sign-in.wait');
	});
});

describe('a session', () => {
	it('is found by its token only, and a forged one is nobody’s', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		expect(await readSession(`${token.slice(0, -2)}xx`)).toBeNull();
		const stored = await owner.query<{ kept: string }>('select encode(token_hash, \'base64\') as kept from platform.session where person_id = $1', [who.personId]);
		expect(stored.rows[0]?.kept).not.toContain(token);
	});
	it('starts under a new token; what the browser held before has ended', async () => {
		const who = await somebody();
		const first = await enterWith(who, who.codes[0] ?? '', today());
		const second = await enterWith(who, who.codes[1] ?? '', today(), { ...stranger, session: first.token });
		expect(second.token).not.toBe(first.token);
		expect(await readSession(first.token)).toBeNull();
		const planted = 'planted-by-somebody-else';
		const third = await enterWith(who, who.codes[2] ?? '', today(), { ...stranger, session: planted });
		expect(third.token).not.toBe(planted);
		expect(await readSession(planted)).toBeNull();
	});
	it('locks when nothing was asked for 20 minutes, and opens by the password, under a new token', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		await owner.query(`update platform.session set last_seen_at = now() - interval '21 minutes' where person_id = $1`, [who.personId]);
		const locked = await readSession(token);
		expect(locked?.locked).toBe(true);
		expect((await readSession(token))?.locked).toBe(true);
		if (!locked) throw new Error('no session');
		await expect(unlock(locked, 'not this one', today())).rejects.toMatchObject({ code: 'sign-in.password-wrong' });
		const opened = await unlock(locked, password, today());
		expect((await readSession(opened))?.locked).toBe(false);
		expect(await readSession(token)).toBeNull();
	});
	it('locks in time although a page that is left open looks at long work all the while', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		const seenAgo = (minutes: number) => owner.query(`update platform.session set last_seen_at = now() - $2 * interval '1 minute' where person_id = $1`, [who.personId, minutes]);
		const seen = async (): Promise<string> => (await owner.query<{ seen: string }>('select last_seen_at::text as seen from platform.session where person_id = $1', [who.personId])).rows[0]?.seen ?? '';
		await seenAgo(19);
		const before = await seen();
		expect((await readSession(token, { unattended: true }))?.locked).toBe(false);
		expect(await seen()).toBe(before);
		expect((await readSession(token))?.locked).toBe(false);
		expect(await seen()).not.toBe(before);
		await seenAgo(21);
		expect((await readSession(token, { unattended: true }))?.locked).toBe(true);
		expect((await readSession(token))?.locked).toBe(true);
	});
	it('ends after five wrong passwords at the lock', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		const session = await readSession(token);
		if (!session) throw new Error('no session');
		for (let n = 0; n < 5; n++) await unlock(session, 'not this one', today()).catch(() => {});
		await expect(unlock(session, password, today())).rejects.toMatchObject({ code: 'sign-in.ended' });
		expect(await readSession(token)).toBeNull();
	});
	it('is stepped up by password and code together', async () => {
		const who = await somebody();
		const now = today();
		const { token } = await enterWith(who, who.codes[0] ?? '', later(now, -1200));
		const session = await readSession(token);
		if (!session) throw new Error('no session');
		await expect(stepUp(session, { password, code: who.codes[0] ?? '' }, now)).rejects.toMatchObject({ code: 'sign-in.presence-wrong' });
		await expect(stepUp(session, { password: 'wrong', code: who.codes[1] ?? '' }, now)).rejects.toMatchObject({ code: 'sign-in.presence-wrong' });
		const renewed = await readSession(await stepUp(session, { password, code: who.codes[1] ?? '' }, now));
		expect(renewed?.strongAt?.getTime()).toBe(now.getTime());
	});
	it('can be ended by its owner and by nobody else', async () => {
		const [who, other] = [await somebody(), await somebody()];
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		const sessions = await inTransaction({ kind: 'person', personId: who.personId }, (tx) => mySessions(tx, who.personId, today()));
		const id = sessions[0]?.id ?? '';
		expect(await inTransaction({ kind: 'person', personId: other.personId }, (tx) => mySessions(tx, who.personId, today()))).toEqual([]);
		await expect(inTransaction(system('sign-in'), (tx) => endSession(tx, other.personId, id, today()))).rejects.toMatchObject({ status: 404 });
		await inTransaction(system('sign-in'), (tx) => endSession(tx, who.personId, id, today()));
		expect(await readSession(token)).toBeNull();
	});
	it('is outlived after twelve hours, however busy', async () => {
		const who = await somebody();
		const { token } = await enterWith(who, who.codes[0] ?? '', today());
		await owner.query(`update platform.session set created_at = now() - interval '721 minutes' where person_id = $1`, [who.personId]);
		expect(await readSession(token)).toBeNull();
	});
});
