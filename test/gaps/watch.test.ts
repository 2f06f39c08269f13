import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { draftFinding, standFinding } from '#modules/assessment/evidence-commands.server.ts';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Mapping } from '#modules/assessment/figures/mapping.ts';
import * as assessment from '#modules/assessment/permits.ts';
import { draftRound, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { closeGap, draftGap, openGap } from '#modules/gaps/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { readRegister } from '#modules/gaps/ranking/queries.server.ts';
import { endWatch, watchGap } from '#modules/gaps/watch/commands.server.ts';
import { cellsToWatch, readWatches } from '#modules/gaps/watch/queries.server.ts';
import { cellChoice, crosses, foundAgain, watchFields } from '#modules/gaps/watch/watch.ts';
import { stateOfGaps } from '#thread/queries.server.ts';
import { makeInstrument, putAnswers, roundForm } from '../assessment.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { makeEvidence, settle, words } from '../thread/whole.ts';

useDatabase();

const clock = { today: new Date().toISOString().slice(0, 10), stalledAfterDays: 30 };

const openedRound = (tx: Tx, world: World, versionId: string): Promise<string> =>
	asActor(tx, world.person.coordinator, async () => {
		const id = await draftRound(tx, await permit(tx, assessment.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
		await nameAnalysts(tx, await permit(tx, assessment.nameAnalysts, id), [world.person.analyst.personId]);
		await openRound(tx, await permit(tx, assessment.openRound, id));
		return id;
	});
const answers = (women: number, men: number): Record<string, string>[] => [...Array.from({ length: women }, () => ({ '/data/sex': 'f' })), ...Array.from({ length: men }, () => ({ '/data/sex': 'm' }))];
const figure = (tx: Tx, world: World, roundId: string, measure: 'share' | 'count' = 'share'): Promise<string> =>
	asActor(tx, world.person.analyst, async () =>
		saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId, placeId: null }), { title: words('Ulush'), query: simpleQuery(roundId, measure, '/data/sex'), placeId: null, comparedRoundId: null, familyOf: null })
	);

/** A closed gap, watched by the share of women in the first round: open again above 60 %. */
async function closedAndWatched(tx: Tx, world: World) {
	const { versionId } = await makeInstrument(tx, world);
	const first = await openedRound(tx, world, versionId);
	await putAnswers(tx, world, first, answers(20, 20));
	const stated = await figure(tx, world, first);
	const met = await makeEvidence(tx, world);
	const gap = await asActor(tx, world.person.analyst, async () => {
		const finding = await draftFinding(tx, await permit(tx, assessment.draftFinding, { programmeId: world.programmeId }), { statement: words('Xulosa'), placeId: null, figures: [stated], quotations: [], documents: [], scores: [] });
		await standFinding(tx, await permit(tx, assessment.standFinding, finding));
		const id = await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), { title: words('Kamchilik'), description: {}, forWhom: {}, barrier: 'access', placeId: null, findings: [finding] });
		await openGap(tx, await permit(tx, verbs.openGap, id));
		await watchGap(tx, await permit(tx, verbs.watchGap, id), watchFields.parse({ cell: cellChoice(stated, 'f', ''), direction: 'above', bar: '60', reason: 'Kelishilgan' }));
		await closeGap(tx, await permit(tx, verbs.closeGap, id), [met.findingId]);
		await settle(tx);
		return id;
	});
	return { versionId, first, stated, gap };
}
const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> => rolledBack(system('first-run'), async (tx) => work(tx, await makeWorld(tx)));

describe('a closed gap that is watched', () => {
	it('is opened again by the comparable figure of a later round, in the register, the cockpit and for every reader', () =>
		inWorld(async (tx, world) => {
			const { versionId, gap } = await closedAndWatched(tx, world);
			const look = async () => {
				const row = (await readRegister(tx, world.programmeId, clock.today)).find((each) => each.id === gap);
				const [state] = await stateOfGaps(tx, world.programmeId, clock);
				return [row?.reopened, state?.worst.reason ?? null];
			};
			await asActor(tx, world.person.member, async () => {
				expect(await look()).toEqual([false, null]);
				expect((await readWatches(tx, world.programmeId, gap))[0]).toMatchObject({ stated: { value: 0.5 }, bar: 0.6, next: null });
			});
			const second = await openedRound(tx, world, versionId);
			await putAnswers(tx, world, second, answers(30, 10));
			// Another question's figure and another measure say nothing about it.
			await figure(tx, world, second, 'count');
			await asActor(tx, world.person.member, async () => expect(await look()).toEqual([false, null]));
			const again = await figure(tx, world, second);
			for (const actor of [world.person.member, world.person.official, world.person.coordinator]) {
				await asActor(tx, actor, async () => {
					expect(await look()).toEqual([true, 'reopened']);
					expect((await readWatches(tx, world.programmeId))[0]?.next).toMatchObject({ id: again, told: { value: 0.75 }, crossed: true });
				});
			}
			await asActor(tx, world.person.analyst, async () => {
				const [rule] = await readWatches(tx, world.programmeId, gap);
				await endWatch(tx, await permit(tx, verbs.endWatch, gap), rule?.id ?? '');
				expect(await look()).toEqual([false, null]);
			});
		}));
	it('stays closed by a figure on the right side of the bar, by one counted before it was closed, and by an earlier round', () =>
		inWorld(async (tx, world) => {
			const { versionId, gap } = await closedAndWatched(tx, world);
			const second = await openedRound(tx, world, versionId);
			await putAnswers(tx, world, second, answers(20, 20));
			await figure(tx, world, second);
			await asActor(tx, world.person.member, async () => {
				expect((await readWatches(tx, world.programmeId, gap))[0]?.next).toMatchObject({ told: { value: 0.5 }, crossed: false });
				expect((await readRegister(tx, world.programmeId, clock.today)).find((row) => row.id === gap)?.reopened).toBe(false);
			});
			const third = await openedRound(tx, world, versionId);
			await putAnswers(tx, world, third, answers(30, 10));
			await figure(tx, world, third);
			await asActor(tx, world.person.coordinator, async () => {
				await tx.updateTable('gaps.gap').set({ closedAt: new Date(Date.now() + 60_000) }).where('id', '=', gap).execute();
				expect((await readWatches(tx, world.programmeId, gap))[0]?.next?.crossed).toBe(true);
				expect((await readRegister(tx, world.programmeId, clock.today)).find((row) => row.id === gap)?.reopened).toBe(false);
			});
		}));
	it('is watched by numbers that may be shown and by no others', () =>
		inWorld(async (tx, world) => {
			const { stated, gap } = await closedAndWatched(tx, world);
			await asActor(tx, world.person.analyst, async () => {
				expect((await cellsToWatch(tx, gap)).map(({ row }) => row.key).sort()).toEqual(['f', 'm']);
				const state = async (cell: string, bar = '60') => watchGap(tx, await permit(tx, verbs.watchGap, gap), watchFields.parse({ cell, direction: 'below', bar, reason: 'sabab' })).catch((thrown: unknown) => asProblem(thrown)?.code);
				expect(await state(cellChoice(stated, 'zz', ''))).toBe('watch.cell-unknown');
				expect(await state(cellChoice(stated, 'm', ''), '101')).toBe('watch.bar-unfit');
				expect(await state(cellChoice(stated, 'f', ''))).toBe('watch.there-already');
				for (const wrong of ['', 'x', '[]', '[1,2,3]', '["a","b","c"]']) expect(watchFields.safeParse({ cell: wrong, direction: 'above', bar: '1', reason: 'sabab' }).success).toBe(false);
			});
		}));
});

describe('finding a number again in a later figure', () => {
	const query = simpleQuery('018f0000-0000-7000-8000-000000000001', 'share', '/data/a');
	const later = { query: { ...query, roundId: '018f0000-0000-7000-8000-000000000002', of: '/data/b' }, measure: 'share', placeId: null, comparedTo: null };
	const watched = { query, measure: 'share', placeId: null, rowKey: 'yes', seriesKey: '' };
	const category = (key: string, earlier: string[], laterKeys: string[]) => ({ key, label: {}, earlier, later: laterKeys });
	const mapping = (choices: ReturnType<typeof category>[], kind: Mapping['kind'] = 'recoded'): ReadonlyMap<string, Mapping> => new Map([['/data/b', { id: null, earlierPath: '/data/a', laterPath: '/data/b', kind, choices, scale: null }]]);
	it('follows what was stated about the two questions, one choice to one', () => {
		expect(foundAgain(watched, later, mapping([category('ha', ['yes'], ['ha'])]))).toEqual({ rowKey: 'ha', seriesKey: '' });
		expect(foundAgain(watched, { ...later, comparedTo: query.roundId }, mapping([category('ha', ['yes'], ['ha'])]))).toEqual({ rowKey: 'ha', seriesKey: '@later' });
	});
	it('finds nothing where answers were put together, the question is not comparable or not mapped, or anything else differs', () => {
		const one = mapping([category('ha', ['yes'], ['ha'])]);
		expect(foundAgain(watched, later, mapping([category('ha', ['yes', 'partly'], ['ha'])]))).toBeNull();
		expect(foundAgain(watched, later, mapping([category('ha', ['yes'], ['ha', 'qisman'])]))).toBeNull();
		expect(foundAgain(watched, later, mapping([category('ha', ['yes'], ['ha'])], 'not_comparable'))).toBeNull();
		expect(foundAgain(watched, later, new Map())).toBeNull();
		expect(foundAgain({ ...watched, placeId: 'x' }, later, one)).toBeNull();
		expect(foundAgain({ ...watched, measure: 'count' }, later, one)).toBeNull();
		expect(foundAgain(watched, { ...later, query: { ...later.query, base: 'asked' } }, one)).toBeNull();
		expect(foundAgain(watched, { ...later, comparedTo: '018f0000-0000-7000-8000-000000000009' }, one)).toBeNull();
	});
	it('crosses beyond the bar, not at it, and says whether the whole interval does', () => {
		expect(crosses({ value: 0.4 }, 'above', 0.4)).toEqual({ crossed: false, sure: null });
		expect(crosses({ value: 0.41, low: 0.35, high: 0.47 }, 'above', 0.4)).toEqual({ crossed: true, sure: false });
		expect(crosses({ value: 0.3, low: 0.25, high: 0.35 }, 'below', 0.4)).toEqual({ crossed: true, sure: true });
		expect(crosses({ value: 0.3 }, 'below', 0.4)).toEqual({ crossed: true, sure: null });
	});
});
