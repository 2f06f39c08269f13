import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeInstrument, makeOpenRound, putAnswers, readyInstrument, roundForm } from '../../../../test/assessment.ts';
import { countingInstrument, keptOf, oracle, person, queries, type Person } from '../../../../test/counting.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { draftFinding } from '../evidence-commands.server.ts';
import { saveInstrument } from '../instruments/commands.server.ts';
import type { ReadyInstrument } from '../instruments/xlsform.ts';
import * as verbs from '../permits.ts';
import { draftRound, nameAnalysts, openRound } from '../round-commands.server.ts';
import { packSome } from './blocks.server.ts';
import { recomputeFigure, saveFigure, stateSampling } from './commands.server.ts';
import { listMappings, namedBasis, stateMapping } from './compare.server.ts';
import { basisOf, countQuery } from './count.server.ts';
import { simpleQuery, type FigureFields } from './figure.ts';
import { mappingFields } from './mapping.ts';
import { answersSince, figureVersions, getFigure, listFigures } from './queries.server.ts';
import type { Query } from './query.ts';

useDatabase();

const fields = (query: Query, more: Partial<FigureFields> = {}): FigureFields => ({ title: { uz: 'Jins' }, query, placeId: null, comparedRoundId: null, familyOf: null, ...more });
const later = (): Date => new Date(Date.now() + 3_600_000);

async function save(tx: Tx, query: Query, more: Partial<FigureFields> = {}): Promise<string> {
	return saveFigure(tx, await permit(tx, verbs.saveFigure, { roundId: query.roundId, placeId: more.placeId ?? null }), fields(query, more));
}

/** A statement that the database refused has ended the transaction; there is nothing more to ask in it. */
function aborted(error: unknown): void {
	if (!(error instanceof Error && error.message.includes('current transaction is aborted'))) throw error;
}

const openRoundWith = (tx: Tx, world: World, versionId: string): Promise<string> =>
	asActor(tx, world.person.coordinator, async () => {
		const id = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
		await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, id), [world.person.analyst.personId]);
		await openRound(tx, await permit(tx, verbs.openRound, id));
		return id;
	});

const makeCounting = (tx: Tx, world: World): Promise<string> =>
	asActor(tx, world.person.coordinator, async () => {
		const ready: ReadyInstrument = { ...readyInstrument('counting'), model: countingInstrument() };
		return (await saveInstrument(tx, await permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId }), { title: { uz: 'Sanoq' }, sourceFileId: null, ready })).versionId;
	});

const many = (sex: string, count: number) => Array.from({ length: count }, () => ({ '/data/sex': sex }));

describe('the answers of a round', () => {
	/** Puts people into a round whose instrument is the counting one. */
	async function put(tx: Tx, world: World, roundId: string, people: readonly Person[]): Promise<string[]> {
		return asActor(tx, system('recheck'), async () => {
			const ids: string[] = [];
			for (const each of people) {
				const kept = keptOf(each);
				ids.push(kept.id);
				await sql`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, received_at)
					values (${kept.id}, ${world.programmeId}, ${roundId}, ${`uuid:${kept.id}`}, ${kept.xml}, '\\x00', ${JSON.stringify(kept.answers)}::jsonb, ${kept.receivedAt})`.execute(tx);
			}
			return ids;
		});
	}

	it('are counted once each, whether they wait, stand in a block, were changed or rejected', async () => {
		const steps = fc.array(fc.record({ people: fc.array(person, { maxLength: 6 }), pack: fc.boolean(), touch: fc.nat(20), how: fc.constantFrom('answer', 'supersede', 'reject', 'none') }), { minLength: 1, maxLength: 4 });
		await fc.assert(
			fc.asyncProperty(steps, queries('00000000-0000-7000-8000-000000000000'), async (all, asked) => {
				await rolledBack(system('first-run'), async (tx) => {
					const world = await makeWorld(tx);
					const roundId = await openRoundWith(tx, world, await makeCounting(tx, world));
					const standing = new Map<string, Person>();
					for (const { people, pack, touch, how } of all) {
						const ids = await put(tx, world, roundId, people);
						for (const [i, id] of ids.entries()) {
							const one = people[i];
							if (one) standing.set(id, one);
						}
						if (pack) await packSome(tx, roundId);
						const [id, one] = [...standing][touch % Math.max(1, standing.size)] ?? [];
						if (id === undefined || one === undefined || how === 'none') continue;
						await asActor(tx, system('recheck'), async () => {
							if (how === 'answer') {
								const next = { ...one, sex: 'f', age: '33' };
								standing.set(id, next);
								const { answers, xml } = keptOf(next);
								await sql`update assessment.submission set answers = ${JSON.stringify(answers)}::jsonb, xml = ${xml} where id = ${id}`.execute(tx);
							} else {
								standing.delete(id);
								const change = how === 'supersede' ? sql`superseded_by = 'x'` : sql`review_state = 'rejected'`;
								await sql`update assessment.submission set ${change} where id = ${id}`.execute(tx);
							}
						});
					}
					// Places of the oracle are not of this programme: leave them out of the query.
					const query = { ...asked, roundId, splits: asked.splits.filter((split) => split.by !== 'place'), where: JSON.stringify(asked.where).includes('places') ? null : asked.where };
					await asActor(tx, world.person.analyst, async () => {
						const { tally } = await countQuery(tx, { ...(await basisOf(tx, roundId)), timeZone: 'UTC' }, query, later());
						const plain = Object.fromEntries([...tally.groups].map(([key, group]) => [key, { n: group.n, asked: group.asked, counts: Object.fromEntries([...group.counts].map(([answer, { rows }]) => [answer, rows])) }]));
						const expected = Object.fromEntries(Object.entries(oracle([...standing.values()], query)).map(([key, { n, asked: heard, counts }]) => [key, { n, asked: heard, counts }]));
						expect(plain).toEqual(expected);
					});
				});
			}),
			{ numRuns: 25 }
		);
	}, 120_000);

	it('leave a block when they are erased, and the block is written without them', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, many('f', 12));
			expect(await packSome(tx, roundId)).toBe(12);
			const count = async (): Promise<number> => asActor(tx, world.person.analyst, async () => (await countQuery(tx, await basisOf(tx, roundId), simpleQuery(roundId, 'count', '/data/sex'), later())).counted.n);
			expect(await count()).toBe(12);
			const erased = await asActor(tx, system('recheck'), () => tx.selectFrom('assessment.submission').select('id').where('roundId', '=', roundId).executeTakeFirstOrThrow());
			await asActor(tx, world.person.coordinator, () => sql`select * from assessment.erase_submission(${newId()}::uuid, ${erased.id}::uuid, 'asked', '')`.execute(tx));
			expect(await count()).toBe(11);
			await packSome(tx, roundId);
			const { rows } = await asActor(tx, system('figures'), () => sql<{ ids: number }>`select cardinality(ids) as ids from assessment.answer_block where round_id = ${roundId}`.execute(tx));
			expect(rows).toEqual([{ ids: 11 }]);
			expect(await count()).toBe(11);
		});
	});

	it('are not in blocks that anybody but a named analyst can read', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, many('f', 8));
			await packSome(tx, roundId);
			for (const role of ['coordinator', 'member', 'official'] as const) {
				await asActor(tx, world.person[role], async () => {
					const { counted } = await countQuery(tx, await basisOf(tx, roundId), simpleQuery(roundId, 'count', '/data/sex'), later());
					expect(counted.n).toBe(0);
				});
			}
		});
	});
});

describe('a figure', () => {
	it('is exact for named analysts, protected for members, and frozen once cited', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [...many('m', 3), ...many('f', 20)]);
			const query = simpleQuery(roundId, 'share', '/data/sex');
			const id = await asActor(tx, world.person.analyst, async () => {
				const made = await save(tx, query);
				const figure = await getFigure(tx, world.programmeId, made);
				expect(figure.n).toBe(23);
				expect(figure.exact?.rows.map((row) => row.cells[0])).toEqual([{ count: 20, share: 20 / 23 }, { count: 3, share: 3 / 23 }]);
				expect(figure.exact?.series[0]?.base).toMatchObject({ n: 23, asked: 23, blank: 0 });
				return made;
			});
			await asActor(tx, world.person.member, async () => {
				const figure = await getFigure(tx, world.programmeId, id);
				expect(figure.exact).toBeNull();
				expect(figure.shown.rows.map((row) => row.cells[0])).toEqual(['withheld', 'withheld']);
				expect(figure.shown.series[0]?.base).toBeUndefined();
				await expect(permit(tx, verbs.recomputeFigure, id)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, world.person.coordinator, async () => {
				await expect(permit(tx, verbs.saveFigure, { roundId, placeId: null })).rejects.toMatchObject({ status: 404 });
			});
			await asActor(tx, world.person.analyst, async () => {
				const may = await permit(tx, verbs.recomputeFigure, id);
				await recomputeFigure(tx, may);
				await draftFinding(tx, await permit(tx, verbs.draftFinding, { programmeId: world.programmeId }), { statement: { uz: 'Erkaklar kam' }, placeId: null, figures: [id], quotations: [], documents: [] });
				await expect(recomputeFigure(tx, may)).rejects.toMatchObject({ code: 'figure.frozen' });
				await expect(sql`update assessment.figure set title = '{"uz": "Boshqa"}' where id = ${id}`.execute(tx)).rejects.toThrow('figure.frozen');
			}).catch(aborted);
		});
	});

	it('gets a new version when it is changed, says that answers changed, and is listed by its newest version', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [...many('m', 9), ...many('f', 20)]);
			await asActor(tx, world.person.analyst, async () => {
				const first = await save(tx, simpleQuery(roundId, 'share', '/data/sex'));
				const second = await save(tx, simpleQuery(roundId, 'count', '/data/sex', { anyOf: ['f'] }), { familyOf: first });
				const versions = await figureVersions(tx, first);
				expect(versions.map(({ id, version }) => [id, version])).toEqual([[second, 2], [first, 1]]);
				const table = { search: 'jins', sort: undefined, page: 1, pageSize: 10, offset: 0, columns: new Set<string>() };
				const { rows, total } = await listFigures(tx, world.programmeId, table);
				expect([rows.map((row) => row.id), total]).toEqual([[second], 1]);
				expect((await listFigures(tx, world.programmeId, table, { kind: 'share' })).rows).toEqual([]);
				expect((await answersSince(tx, await getFigure(tx, world.programmeId, second))).changed).toBe(0);
			});
			await asActor(tx, system('recheck'), () => sql`update assessment.submission set review_state = 'rejected' where id = (select id from assessment.submission where round_id = ${roundId} limit 1)`.execute(tx));
			await asActor(tx, world.person.member, async () => {
				const { rows } = await listFigures(tx, world.programmeId, { search: '', sort: undefined, page: 1, pageSize: 10, offset: 0, columns: new Set<string>() });
				const figure = await getFigure(tx, world.programmeId, rows[0]?.id ?? '');
				expect((await answersSince(tx, figure)).changed).toBe(1);
			});
		});
	});

	it('is refused when fewer people than the threshold answered, and when it fits no question', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, many('f', 4));
			await asActor(tx, world.person.analyst, async () => {
				const refused = async (query: Query): Promise<unknown> => save(tx, query).then(() => null, (error: { code?: string }) => error.code);
				expect(await refused(simpleQuery(roundId, 'count', '/data/sex'))).toBe('figure.too-few');
				expect(await refused(simpleQuery(roundId, 'count', '/data/nothing'))).toBe('figure.question-unknown');
				expect(await refused(simpleQuery(roundId, 'mean', '/data/sex'))).toBe('figure.measure-unfit');
				expect(await refused(simpleQuery(roundId, 'share', '/data/age'))).toBe('figure.bands-needed');
				expect(await refused(simpleQuery(roundId, 'share', '/data/sex', { splits: [{ by: 'answer', path: '/data/needs', bands: [] }] }))).toBe('figure.split-unfit');
				expect(await refused(simpleQuery(roundId, 'count', '/data/sex', { weight: '/data/age' }))).toBe('figure.weight-unfit');
			});
		});
	});

	it('has intervals when the round is a sample drawn by chance, and none otherwise', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [...many('m', 15), ...many('f', 133)]);
			await asActor(tx, world.person.analyst, async () => {
				const cell = async () => (await countQuery(tx, await basisOf(tx, roundId), simpleQuery(roundId, 'share', '/data/sex'), later())).counted.exact.rows[1]?.cells[0];
				expect(await cell()).toEqual({ count: 15, share: 15 / 148 });
				const state = async (design: 'sample' | 'chosen') => stateSampling(tx, await permit(tx, verbs.stateSampling, roundId), { design, population: null, how: {} });
				await state('sample');
				expect(await cell()).toMatchObject({ low: expect.closeTo(0.0624, 4), high: expect.closeTo(0.1605, 4) });
				await state('chosen');
				expect(await cell()).toEqual({ count: 15, share: 15 / 148 });
			});
		});
	});
});

describe('two rounds', () => {
	async function twoRounds(tx: Tx): Promise<{ world: World; earlierId: string; laterId: string }> {
		const world = await makeWorld(tx);
		const earlierId = await makeOpenRound(tx, world);
		const { versionId } = await makeInstrument(tx, world, '2');
		const laterId = await openRoundWith(tx, world, versionId);
		await putAnswers(tx, world, earlierId, [...many('m', 30), ...many('f', 10)]);
		await putAnswers(tx, world, laterId, [...many('m', 10), ...many('f', 30)]);
		return { world, earlierId, laterId };
	}

	it('are compared on an unchanged question without a word, and by a stated mapping when somebody says so', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { world, earlierId, laterId } = await twoRounds(tx);
			await asActor(tx, world.person.analyst, async () => {
				for (const id of [earlierId, laterId]) await stateSampling(tx, await permit(tx, verbs.stateSampling, id), { design: 'sample', population: null, how: {} });
				const plain = await getFigure(tx, world.programmeId, await save(tx, simpleQuery(laterId, 'share', '/data/sex'), { comparedRoundId: earlierId }));
				expect(plain.exact?.rows[0]?.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count))).toEqual([10, 30]);
				expect(plain.exact?.rows[0]?.differences?.[0]).toMatchObject({ value: 0.5, low: expect.closeTo(0.2851, 4), high: expect.closeTo(0.6529, 4) });
				expect(plain.mappings).toEqual([]);
				// Who counts as having refused stands in no row, in neither round.
				const without = await getFigure(tx, world.programmeId, await save(tx, { ...simpleQuery(laterId, 'share', '/data/sex'), refused: ['m'] }, { comparedRoundId: earlierId }));
				expect(without.exact?.rows.map((row) => [row.key, ...row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count))])).toEqual([['f', 10, 30]]);

				// The choices were turned round between the rounds, somebody states.
				const stated = mappingFields.parse({ earlierPath: '/data/sex', laterPath: '/data/sex', kind: 'recoded', reason: { uz: 'Kodlar almashgan' }, to: { f: 'm', m: 'f' } });
				const mapping = await stateMapping(tx, await permit(tx, verbs.mapQuestions, laterId), await namedBasis(tx, earlierId), await namedBasis(tx, laterId), stated);
				const turned = await getFigure(tx, world.programmeId, await save(tx, simpleQuery(laterId, 'share', '/data/sex'), { comparedRoundId: earlierId }));
				expect(turned.exact?.rows.map((row) => row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count)))).toEqual([[30, 30], [10, 10]]);
				expect(turned.mappings).toEqual([mapping]);
				const turnedWithout = await getFigure(tx, world.programmeId, await save(tx, { ...simpleQuery(laterId, 'share', '/data/sex'), refused: ['m'] }, { comparedRoundId: earlierId }));
				expect(turnedWithout.exact?.rows.map((row) => [row.key, ...row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count))])).toEqual([['f', 30, 30]]);

				// A new statement replaces the first; what rested on it still shows it.
				await stateMapping(tx, await permit(tx, verbs.mapQuestions, laterId), await namedBasis(tx, earlierId), await namedBasis(tx, laterId), { ...stated, kind: 'not_comparable' });
				const [basis, after] = [await basisOf(tx, earlierId), await basisOf(tx, laterId)];
				expect((await listMappings(tx, basis.versionId, after.versionId)).map(({ kind }) => kind)).toEqual(['not_comparable']);
				expect((await getFigure(tx, world.programmeId, turned.id)).mappingsStated).toMatchObject([{ id: mapping, replaced: true, statedBy: 'analyst' }]);
				await expect(save(tx, simpleQuery(laterId, 'share', '/data/sex'), { comparedRoundId: earlierId })).rejects.toMatchObject({ code: 'figure.not-comparable' });
			});
			await asActor(tx, world.person.coordinator, async () => {
				await expect(save(tx, simpleQuery(laterId, 'share', '/data/sex'), { comparedRoundId: earlierId })).rejects.toMatchObject({ status: 404 });
			});
		});
	});

	it('count several choices of one person once when they are put together, and refuse a filter that cuts them', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { world, earlierId, laterId } = await twoRounds(tx);
			await putAnswers(tx, world, earlierId, Array.from({ length: 8 }, () => ({ '/data/needs': 'law home', '/data/sex': 'f' })));
			await putAnswers(tx, world, laterId, Array.from({ length: 6 }, () => ({ '/data/needs': 'law home work', '/data/sex': 'f' })));
			await asActor(tx, world.person.analyst, async () => {
				const [earlier, after] = [await namedBasis(tx, earlierId), await namedBasis(tx, laterId)];
				const stated = mappingFields.parse({ earlierPath: '/data/needs', laterPath: '/data/needs', kind: 'merged', reason: { uz: 'Birga' }, to: { law: 'law', home: 'home', work: '' }, merge: { home: 'law' } });
				await stateMapping(tx, await permit(tx, verbs.mapQuestions, laterId), earlier, after, stated);
				const figure = await getFigure(tx, world.programmeId, await save(tx, simpleQuery(laterId, 'count', '/data/needs'), { comparedRoundId: earlierId }));
				expect(figure.exact?.rows.map((row) => [row.key, ...row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count))])).toEqual([['law', 8, 6], ['work', 0, 6]]);
				const cut = simpleQuery(laterId, 'count', '/data/sex', { where: { answer: '/data/needs', is: ['law'] } });
				await expect(save(tx, cut, { comparedRoundId: earlierId })).rejects.toMatchObject({ code: 'figure.compare-filter' });
				const whole = simpleQuery(laterId, 'count', '/data/sex', { where: { answer: '/data/needs', is: ['law', 'home'] } });
				expect((await getFigure(tx, world.programmeId, await save(tx, whole, { comparedRoundId: earlierId }))).n).toBe(14);
			});
		});
	});
});
