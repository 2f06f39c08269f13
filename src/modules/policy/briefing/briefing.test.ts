import { describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeOpenRound, putAnswers } from '../../../../test/assessment.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { figureCellsSchema } from '#modules/assessment/figures/cells.ts';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import * as assessment from '#modules/assessment/permits.ts';
import { ledger } from '#modules/releases/queries.server.ts';
import { publicActor, system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import type { LocalText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { judgedFigures } from './judged.server.ts';
import * as commands from './commands.server.ts';
import { editionPdf } from './pdf.server.ts';
import * as verbs from './permits.ts';
import { objectionsTo, publishBriefing } from './publish.server.ts';
import { getBriefing, publishedEdition, withdrawnOn } from './queries.server.ts';

useDatabase();

/** A figure of a round, counted as figures are: this many women and men, and of each how many need what. */
async function addFigure(tx: Tx, world: World, people: Record<'f' | 'm', number>, roundId?: string): Promise<string> {
	const round = roundId ?? (await makeOpenRound(tx, world));
	const answers = (['f', 'm'] as const).flatMap((sex) => Array.from({ length: people[sex] }, () => ({ '/data/sex': sex })));
	await putAnswers(tx, world, round, answers);
	return asActor(tx, world.person.analyst, async () =>
		saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId: round, placeId: null }), {
			title: { uz: 'Kim kutgan' }, query: simpleQuery(round, 'share', '/data/sex'), placeId: null, comparedRoundId: null, familyOf: null
		})
	);
}

async function draft(tx: Tx, world: World): Promise<string> {
	return commands.draftBriefing(tx, await permit(tx, verbs.draftBriefing, { programmeId: world.programmeId }), {
		title: { uz: 'Yordamga yoʻl', ru: 'Путь к помощи' },
		summary: {},
		slug: `yol-${newId()}`,
		locales: ['uz', 'uz-Cyrl', 'ru']
	});
}

const bind = async (tx: Tx, id: string, figureId: string): Promise<string> =>
	commands.addBlock(tx, await permit(tx, verbs.editBriefing, id), { kind: 'figure', figureId });
const codes = async (tx: Tx, world: World, id: string): Promise<string[]> =>
	objections(tx, await getBriefing(tx, world.programmeId, id));
const objections = async (tx: Tx, briefing: Awaited<ReturnType<typeof getBriefing>>): Promise<string[]> =>
	objectionsTo(briefing, await judgedFigures(tx, briefing)).map((objection) => objection.code);
const publish = async (tx: Tx, id: string): Promise<void> => publishBriefing(tx, await permit(tx, verbs.publishBriefing, id), '2026-11-23');

describe('a briefing', () => {
	it('goes out in all its languages, enters the ledger, and opens to the public as it was published', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, { f: 20, m: 40 });
			const slug = await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				expect(await codes(tx, world, id)).toEqual([]);
				await publish(tx, id);
				const after = await getBriefing(tx, world.programmeId, id);
				expect(after.state).toBe('published');
				await expect(bind(tx, id, figure)).rejects.toMatchObject({ code: 'briefing.not-draft' });
				expect(await tx.selectFrom('releases.releaseFigure').select(['figureId', 'smallest']).execute()).toEqual([{ figureId: figure, smallest: 20 }]);
				return after.slug;
			});
			await asActor(tx, publicActor, async () => {
				const { edition, locales } = await publishedEdition(tx, slug, 'en');
				expect(edition.locale).toBe('ru');
				expect(locales.sort()).toEqual(['ru', 'uz', 'uz-Cyrl']);
				expect((await publishedEdition(tx, slug, 'uz-Cyrl')).edition.title).toBe('Ёрдамга йўл');
				const pdf = Buffer.from(await editionPdf(edition)).toString('latin1');
				expect(pdf.startsWith('%PDF-1.7')).toBe(true);
				expect(pdf).toContain('<pdfuaid:part>1</pdfuaid:part>');
				expect(pdf).toContain('/MarkInfo');
				expect(await tx.selectFrom('policy.briefingBlock').selectAll().execute()).toEqual([]);
				expect(await tx.selectFrom('assessment.figureProtected').selectAll().execute()).toEqual([]);
			});
		});
	});

	it.each([1, 2, 3, 4])('goes out without a cell of %i people, and without what would give it away', async (count) => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, { f: 40, m: count });
			const slug = await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				expect(await codes(tx, world, id)).toEqual([]);
				await publish(tx, id);
				return (await getBriefing(tx, world.programmeId, id)).slug;
			});
			await asActor(tx, publicActor, async () => {
				const { edition } = await publishedEdition(tx, slug, 'uz');
				const [block] = edition.blocks;
				if (block?.kind !== 'figure') throw new Error('no figure');
				const told = [...block.rows.flatMap((row) => row.cells), block.n].filter((cell) => cell !== 'withheld' && cell !== null);
				expect(block.rows[1]?.cells).toEqual(['withheld']);
				expect(told.length).toBeLessThanOrEqual(1);
				expect(JSON.stringify(await tx.selectFrom('releases.releaseFigure').selectAll().execute())).not.toContain(`"count":${count},`);
				expect(Buffer.from(await editionPdf(edition)).toString('latin1').startsWith('%PDF-1.7')).toBe(true);
			});
		});
	});

	it('that was withdrawn says so at its public address, and nothing of what stood there', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, { f: 20, m: 40 });
			const slug = await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				await publish(tx, id);
				const { slug: at } = await getBriefing(tx, world.programmeId, id);
				expect(await asActor(tx, publicActor, () => withdrawnOn(tx, at))).toBeNull();
				await commands.withdrawBriefing(tx, await permit(tx, verbs.withdrawBriefing, id), 'A mistake');
				return at;
			});
			await asActor(tx, publicActor, async () => {
				expect(await withdrawnOn(tx, slug)).toEqual({ at: expect.any(Date), timeZone: 'Asia/Tashkent' });
				await expect(publishedEdition(tx, slug, 'uz')).rejects.toMatchObject({ status: 404 });
			});
		});
	});

	it('does not state a number that its figure holds back, in no language and in no title', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, { f: 40, m: 3 });
			await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				const { code } = (await getBriefing(tx, world.programmeId, id)).blocks[0] ?? { code: '' };
				const may = await permit(tx, verbs.editBriefing, id);
				await commands.addBlock(tx, may, { kind: 'text', words: { uz: `40 nafar ayol keldi [${code}].`, ru: `Пришли 3 человека [${code}].` } });
				expect(await codes(tx, world, id)).toEqual(['briefing.number-not-shown']);
			});
		});
	});

	it('does not go out with a number that rests on nothing, a reference to nothing, or words missing in one of its languages', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				const may = await permit(tx, verbs.editBriefing, id);
				await commands.addBlock(tx, may, { kind: 'text', words: { uz: 'Ayollarning 41% i kutgan.\n\nQolgani [F-99] da.' } });
				expect((await codes(tx, world, id)).sort()).toEqual(['briefing.claim-unbound', 'briefing.reference-unknown', 'briefing.words-missing']);
			});
		});
	});

	it('states no number in its title or summary that does not stand in the text with its evidence', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, { f: 40, m: 3 });
			await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				const { code, slug } = { ...(await getBriefing(tx, world.programmeId, id)), code: (await getBriefing(tx, world.programmeId, id)).blocks[0]?.code ?? '' };
				const may = await permit(tx, verbs.editBriefing, id);
				const head = (title: LocalText, summary: LocalText): Promise<void> => commands.editBriefing(tx, may, { title, summary, slug, locales: ['uz'] });
				await head({ uz: 'Ayollarning 90 foizi bilmaydi' }, { uz: 'Har 100 ayoldan 95 nafari zoʻravonlik koʻrgan.', ru: 'Сорок женщин подверглись насилию.' });
				expect(await codes(tx, world, id)).toEqual(['briefing.claim-in-head', 'briefing.claim-in-head', 'briefing.claim-in-head']);
				await expect(publish(tx, id)).rejects.toMatchObject({ code: 'briefing.objections' });
				await head({ uz: `40 nafar ayol keldi [${code}]` }, {});
				expect(await codes(tx, world, id)).toEqual(['briefing.claim-in-head']);
				await commands.addBlock(tx, may, { kind: 'text', words: { uz: `Markazga qirq nafar ayol keldi [${code}].` } });
				expect(await codes(tx, world, id)).toEqual([]);
				await head({ uz: 'Uch nafar erkak keldi' }, {});
				await commands.addBlock(tx, may, { kind: 'text', words: { uz: `3 nafar erkak keldi [${code}].` } });
				expect(await codes(tx, world, id)).toEqual(['briefing.number-not-shown']);
				await commands.addBlock(tx, may, { kind: 'text', words: { uz: `Uch nafar erkak keldi [${code}].` } });
				expect(await codes(tx, world, id)).toEqual(['briefing.number-not-shown', 'briefing.number-not-shown']);
			});
		});
	});

	it('may be published by the coordinator alone, and not seen by the public before', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const id = await asActor(tx, world.person.analyst, () => draft(tx, world));
			for (const who of [world.person.analyst, world.person.member, world.person.official]) {
				await asActor(tx, who, () => expect(permit(tx, verbs.publishBriefing, id)).rejects.toMatchObject({ status: 403 }));
			}
			for (const who of [publicActor, world.person.donor, world.stranger]) {
				await asActor(tx, who, async () => {
					await expect(permit(tx, verbs.publishBriefing, id)).rejects.toMatchObject({ status: 404 });
					const { rows } = await sql`select from policy.briefing`.execute(tx);
					expect(rows).toEqual([]);
				});
			}
		});
	});
});

describe('a later release', () => {
	it('holds back more because of an earlier one when a few have come in since, and the ledger says so', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const round = await makeOpenRound(tx, world);
			const out = async (people: { f: number; m: number }): Promise<(number | null)[]> => {
				const figure = await addFigure(tx, world, people, round);
				return asActor(tx, world.person.coordinator, async () => {
					const id = await draft(tx, world);
					await bind(tx, id, figure);
					await publish(tx, id);
					const rows = await tx.selectFrom('releases.releaseFigure').selectAll().where('figureId', '=', figure).execute();
					const cells = figureCellsSchema.parse(rows[0]?.cells);
					return [...cells.rows.map((row) => (typeof row.cells[0] === 'object' ? row.cells[0].count : null)), rows[0]?.n ?? null];
				});
			};
			expect(await out({ f: 40, m: 30 })).toEqual([40, 30, 70]);
			const later = await out({ f: 2, m: 9 });
			expect(later[0]).toBeNull();
			expect(later.filter((each) => each === null).length).toBeGreaterThan(1);
			const entries = await asActor(tx, world.person.coordinator, () => ledger(tx, world.programmeId));
			expect(entries.map((release) => release.figures.map((figure) => figure.held))).toEqual([[expect.any(Number)], [0]]);
			expect(entries[0]?.figures[0]?.held).toBeGreaterThan(0);
		});
	});
});
