import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import type { FigureCells } from '#modules/assessment/figures/cells.ts';
import { revealsByDifference } from '#modules/releases/difference.ts';
import { publicActor, system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { unboundClaims } from './claims.ts';
import * as commands from './commands.server.ts';
import { editionPdf } from './pdf.server.ts';
import * as verbs from './permits.ts';
import { objectionsTo, publishBriefing } from './publish.server.ts';
import { getBriefing, publishedEdition } from './queries.server.ts';

useDatabase();

const cellsOf = (...counts: number[]): FigureCells => {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return { series: [{ key: '', label: {} }], rows: counts.map((count, i) => ({ key: `a${i}`, label: { uz: `Javob ${i}` }, cells: [{ count, share: total ? count / total : 0 }] })) };
};

async function addFigure(tx: Tx, world: World, cells: FigureCells): Promise<string> {
	const { programmeId } = world;
	const id = newId();
	await asActor(tx, world.person.analyst, async () => {
		const instrumentId = newId();
		const instrumentVersionId = newId();
		const roundId = newId();
		await tx.insertInto('assessment.instrument').values({ id: instrumentId, programmeId, formId: id, title: { uz: 's' } }).execute();
		await tx
			.insertInto('assessment.instrumentVersion')
			.values({ id: instrumentVersionId, programmeId, instrumentId, version: '1', xform: '<x/>', model: '{}', md5: 'm' })
			.execute();
		await tx
			.insertInto('assessment.round')
			.values({ id: roundId, programmeId, instrumentVersionId, number: Date.now() % 1e9, name: { uz: 'Bazaviy' }, kind: 'baseline', unit: 'people' })
			.execute();
		await tx
			.insertInto('assessment.figure')
			.values({ id, familyId: id, programmeId, roundId, number: Date.now() % 1e6, title: { uz: 'Kutish' }, measure: 'share', question: '/q', unit: 'people', n: 60, cutOff: new Date(), resultSha256: Buffer.alloc(32, 7) })
			.execute();
		await tx.insertInto('assessment.figureProtected').values({ programmeId, figureId: id, cells: JSON.stringify(cells), threshold: 5, withheld: 0 }).execute();
	});
	return id;
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
	(await objectionsTo(tx, await getBriefing(tx, world.programmeId, id))).map((objection) => objection.code);
const publish = async (tx: Tx, id: string): Promise<void> => publishBriefing(tx, await permit(tx, verbs.publishBriefing, id), '2026-11-23');

describe('a briefing', () => {
	it('goes out in all its languages, enters the ledger, and opens to the public as it was published', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, cellsOf(20, 40, 0));
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

	it.each([1, 2, 3, 4])('does not go out with a cell of %i people', async (count) => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const figure = await addFigure(tx, world, cellsOf(40, count));
			await asActor(tx, world.person.coordinator, async () => {
				const id = await draft(tx, world);
				await bind(tx, id, figure);
				expect(await codes(tx, world, id)).toEqual(['figure.withheld-cells']);
				await expect(publish(tx, id)).rejects.toMatchObject({ code: 'briefing.objections' });
				expect(await tx.selectFrom('releases.release').selectAll().execute()).toEqual([]);
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

describe('a later release of the same question', () => {
	it('is refused when it differs from the earlier one by a few people, and only then', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(60), { minLength: 2, maxLength: 5 }), fc.array(fc.nat(12), { minLength: 5, maxLength: 5 }), (counts, more) => {
				const later = counts.map((count, i) => count + (more[i] ?? 0));
				const reveals = later.some((count, i) => count - (counts[i] ?? 0) >= 1 && count - (counts[i] ?? 0) <= 4);
				const table = (of: number[]) => ({ split: null, cells: cellsOf(...of) });
				expect(revealsByDifference(table(counts), table(later), 5)).toBe(reveals);
			})
		);
	});
});

describe('a number in the text', () => {
	it.each(['41% of women waited', 'Ayollarning 12 foizi', '5 из 9 женщин', '17 nafar ayol keldi', '3 of 4 centres refused', '24 ҳаётдан 12 фоиз'])('is a claim: %s', (text) => {
		expect(unboundClaims(text)).toEqual([text]);
		expect(unboundClaims(`${text} [F-03]`)).toEqual([]);
	});
	it.each(['The law of 2019 applies', '1-bosqich tugadi', 'Статья 126', 'Open from 9 to 18'])('is none: %s', (text) => {
		expect(unboundClaims(text)).toEqual([]);
	});
});
