import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit, roles } from '#platform/permit.server.ts';
import { makeOpenRound, putAnswers, readyInstrument } from '../../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { drawBackCheck, recordInterview } from './back-check-commands.server.ts';
import { getBackCheck, listBackChecks } from './back-check-queries.server.ts';
import { askable, drawSample, rates, sameAnswer, type Compared } from './back-check.ts';
import * as verbs from './permits.ts';

useDatabase();

const one = fc.record({ instanceId: fc.uuid(), teamId: fc.constantFrom('a', 'b', null) });
const many = fc.uniqueArray(one, { selector: (each) => each.instanceId, maxLength: 30 });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const ids = (all: readonly { instanceId: string }[]): string[] => all.map((each) => each.instanceId).sort();

describe('a draw', () => {
	it('is the same whoever draws, in whatever order the answers stand', () => {
		fc.assert(fc.property(many, share, fc.string({ minLength: 1 }), (all, part, seed) => void expect(ids(drawSample(all, part, seed))).toEqual(ids(drawSample([...all].reverse(), part, seed)))));
	});
	it('takes of each team the answers with the smallest lots, its share of them and at least one', () => {
		fc.assert(
			fc.property(many, share, (all, part) => {
				const lot = (instanceId: string): string => createHash('sha256').update(`s\n${instanceId}`).digest('hex');
				const drawn = new Set(ids(drawSample(all, part, 's')));
				for (const team of ['a', 'b', null]) {
					const own = all.filter((each) => each.teamId === team);
					const taken = own.filter((each) => drawn.has(each.instanceId));
					if (own.length > 0) expect(taken.length).toBeGreaterThanOrEqual(1);
					expect(Math.abs(taken.length - part * own.length)).toBeLessThan(1 + 1e-9);
					for (const out of own.filter((each) => !drawn.has(each.instanceId))) for (const each of taken) expect(lot(each.instanceId) < lot(out.instanceId)).toBe(true);
				}
			})
		);
	});
});

describe('a comparison', () => {
	it('takes numbers as numbers, ticks in any order, texts without case and script', () => {
		expect(sameAnswer({ type: 'integer' }, '07', '7')).toBe(true);
		expect(sameAnswer({ type: 'select_multiple' }, 'home law', 'law home')).toBe(true);
		expect(sameAnswer({ type: 'text' }, 'Ўзбекистон', 'oʻzbekiston')).toBe(true);
		expect(sameAnswer({ type: 'select_one' }, 'f', 'm')).toBe(false);
		expect(sameAnswer({ type: 'integer' }, '0', '')).toBe(false);
	});
	it('counts every pair once, by whatever it is asked for', () => {
		fc.assert(
			fc.property(fc.array(fc.record({ teamId: fc.constantFrom('a', 'b', null), path: fc.constantFrom('/a', '/b'), same: fc.boolean() })), (all) => {
				const keys: ((each: Compared) => string)[] = [(each) => each.teamId ?? '', (each) => each.path];
				for (const keyOf of keys) {
					const found = rates(all, keyOf);
					expect(found.reduce((sum, rate) => sum + rate.compared, 0)).toBe(all.length);
					expect(found.reduce((sum, rate) => sum + rate.differing, 0)).toBe(all.filter((each) => !each.same).length);
				}
			})
		);
	});
});

describe('a back-check', () => {
	const drawn = async (tx: Tx, roundId: string): Promise<string> => {
		const id = newId();
		await drawBackCheck(tx, await permit(tx, verbs.drawBackCheck, roundId), { id, percent: 50, seed: 'k', questions: ['/data/sex', '/data/age'] });
		return id;
	};
	const asAnalyst = (work: (tx: Tx, world: World, roundId: string) => Promise<void>): Promise<void> =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [{ '/data/sex': 'f', '/data/age': '30' }, { '/data/sex': 'f', '/data/age': '30' }, { '/data/sex': 'f', '/data/age': '30' }]);
			await asActor(tx, world.person.analyst, () => work(tx, world, roundId));
		});
	const { model } = readyInstrument();
	const key = (name: string): string => askable(model).find(({ question }) => question.name === name)?.key ?? '';

	it('is drawn once when it is sent twice, shows nothing before the second interview, and compares field by field after it', () =>
		asAnalyst(async (tx, _world, roundId) => {
			const id = await drawn(tx, roundId);
			await drawBackCheck(tx, await permit(tx, verbs.drawBackCheck, roundId), { id, percent: 50, seed: 'k', questions: ['/data/sex'] });
			const before = await getBackCheck(tx, roundId, model, id);
			expect(before.interviews.map((row) => [row.outcome, row.compared])).toEqual([['waiting', []], ['waiting', []]]);
			const [first, second] = before.interviews;
			await recordInterview(tx, await permit(tx, verbs.recordBackCheck, first?.id ?? ''), { outcome: 'done', note: '', answer: { [key('sex')]: 'f', [key('age')]: '31' } });
			await recordInterview(tx, await permit(tx, verbs.recordBackCheck, second?.id ?? ''), { outcome: 'refused', note: '', answer: { [key('sex')]: 'm' } });
			const after = await getBackCheck(tx, roundId, model, id);
			expect(after.byQuestion).toEqual([{ key: '/data/age', compared: 1, differing: 1 }, { key: '/data/sex', compared: 1, differing: 0 }]);
			expect(after.whole).toMatchObject({ compared: 2, differing: 1 });
			expect(await listBackChecks(tx, roundId)).toMatchObject([{ drawn: 2, ended: 2, drawnFrom: 3 }]);
			await expect(recordInterview(tx, await permit(tx, verbs.recordBackCheck, first?.id ?? ''), { outcome: 'done', note: '', answer: {} })).rejects.toMatchObject({ code: 'back-check.done-already' });
		}));
	it('takes only questions of the form and answers that they can have', () =>
		asAnalyst(async (tx, _world, roundId) => {
			await expect(drawBackCheck(tx, await permit(tx, verbs.drawBackCheck, roundId), { id: newId(), percent: 50, seed: 'k', questions: ['/data/x'] })).rejects.toMatchObject({ code: 'back-check.question-unknown' });
			const { interviews } = await getBackCheck(tx, roundId, model, await drawn(tx, roundId));
			await expect(recordInterview(tx, await permit(tx, verbs.recordBackCheck, interviews[0]?.id ?? ''), { outcome: 'done', note: '', answer: { [key('age')]: 'x' } })).rejects.toMatchObject({ code: 'edit.answer-wrong' });
		}));
	it('is for the named analysts alone', () =>
		asAnalyst(async (tx, world, roundId) => {
			const { interviews } = await getBackCheck(tx, roundId, model, await drawn(tx, roundId));
			for (const role of roles) {
				await asActor(tx, world.person[role], async () => {
					expect([role, await mayI(tx, verbs.drawBackCheck, roundId), await mayI(tx, verbs.recordBackCheck, interviews[0]?.id ?? '')]).toEqual([role, role === 'analyst', role === 'analyst']);
				});
			}
		}));
});
