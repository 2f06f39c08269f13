import { describe, expect, it } from 'vitest';
import { makeInstrument, makeOpenRound, putAnswers, roundForm } from '../../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { namedBasis, stateMapping } from '#modules/assessment/figures/compare.server.ts';
import { saveFigure, stateSampling } from '#modules/assessment/figures/commands.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import { mappingFields } from '#modules/assessment/figures/mapping.ts';
import * as assessment from '#modules/assessment/permits.ts';
import { draftRound, nameAnalysts, openRound } from '#modules/assessment/round-commands.server.ts';
import { ledger } from '#modules/releases/queries.server.ts';
import { publicActor, system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { drawFigures } from './charts.server.ts';
import * as commands from './commands.server.ts';
import type { EditionFigure } from './edition.ts';
import { judgedFigures } from './judged.server.ts';
import { editionPdf } from './pdf.server.ts';
import * as verbs from './permits.ts';
import { objectionsTo, publishBriefing } from './publish.server.ts';
import { getBriefing, publishedEdition } from './queries.server.ts';

useDatabase();

type People = Record<'f' | 'm', number>;
type Rounds = { world: World; earlierId: string; laterId: string };

/** Two rounds with two versions of a form, the people of each drawn by chance unless it is said otherwise. */
async function twoRounds(tx: Tx, earlier: People, later: People, design: 'sample' | 'census' = 'sample'): Promise<Rounds> {
	const world = await makeWorld(tx);
	const earlierId = await makeOpenRound(tx, world);
	const { versionId } = await makeInstrument(tx, world, '2');
	const laterId = await asActor(tx, world.person.coordinator, async () => {
		const id = await draftRound(tx, await permit(tx, assessment.draftRound, { programmeId: world.programmeId }), { ...roundForm(versionId, [world.jizzakh]), name: { uz: 'Oraliq' } });
		await nameAnalysts(tx, await permit(tx, assessment.nameAnalysts, id), [world.person.analyst.personId]);
		await openRound(tx, await permit(tx, assessment.openRound, id));
		return id;
	});
	for (const [id, people] of [[earlierId, earlier], [laterId, later]] as const) {
		await putAnswers(tx, world, id, (['f', 'm'] as const).flatMap((sex) => Array.from({ length: people[sex] }, () => ({ '/data/sex': sex }))));
		await asActor(tx, world.person.analyst, async () => stateSampling(tx, await permit(tx, assessment.stateSampling, id), { design, population: null, how: {} }));
	}
	return { world, earlierId, laterId };
}

/** A figure that compares the two rounds. */
const compare = (tx: Tx, { world, earlierId, laterId }: Rounds): Promise<string> =>
	asActor(tx, world.person.analyst, async () =>
		saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId: laterId, placeId: null }), {
			title: { uz: 'Kim keldi', en: 'Who came' }, query: simpleQuery(laterId, 'share', '/data/sex'), placeId: null, comparedRoundId: earlierId, familyOf: null
		})
	);

/** Publishes a figure in a briefing of its own. @returns the figure as everybody sees it, and its page */
async function published(tx: Tx, world: World, figureId: string, words?: string): Promise<{ objections: string[]; figure: EditionFigure | null; slug: string }> {
	const slug = `f-${newId()}`;
	const objections = await asActor(tx, world.person.coordinator, async () => {
		const id = await commands.draftBriefing(tx, await permit(tx, verbs.draftBriefing, { programmeId: world.programmeId }), { title: { uz: 'Oʻzgarish', en: 'Change' }, summary: {}, slug, locales: ['uz', 'en'] });
		const may = await permit(tx, verbs.editBriefing, id);
		await commands.addBlock(tx, may, { kind: 'figure', figureId });
		const { code } = (await getBriefing(tx, world.programmeId, id)).blocks[0] ?? { code: '' };
		if (words) await commands.addBlock(tx, may, { kind: 'text', words: { uz: words.replace('[]', `[${code}]`), en: words.replace('[]', `[${code}]`) } });
		const briefing = await getBriefing(tx, world.programmeId, id);
		const found = objectionsTo(briefing, await judgedFigures(tx, briefing)).map((objection) => objection.code);
		if (found.length === 0) await publishBriefing(tx, await permit(tx, verbs.publishBriefing, id), '2026-11-27');
		return found;
	});
	if (objections.length > 0) return { objections, figure: null, slug };
	const { edition } = await asActor(tx, publicActor, () => publishedEdition(tx, slug, 'en'));
	const [figure] = edition.blocks;
	return { objections, slug, figure: figure?.kind === 'figure' ? figure : null };
}

/** What the ledger keeps of the figures released. */
const kept = (tx: Tx, world: World) => asActor(tx, world.person.coordinator, async () => tx.selectFrom('releases.releaseFigure').select(['cells', 'n', 'nEarlier', 'held']).execute());

describe('a comparison of two rounds', () => {
	it('goes out with both rounds, how many each is about, and the changes: on the page, in the PDF and in the ledger', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const rounds = await twoRounds(tx, { f: 40, m: 20 }, { f: 30, m: 50 });
			const { figure, slug } = await published(tx, rounds.world, await compare(tx, rounds), 'From 66.7 % to 37.5 %, 29.2 points less [].');
			expect(figure).toMatchObject({
				source: 'Boshlangʻich – Oraliq', n: 140, series: ['Boshlangʻich', 'Oraliq'],
				rows: [{ cells: [{ count: 40 }, { count: 30 }] }, { cells: [{ count: 20 }, { count: 50 }] }],
				comparison: { groups: [''], changes: [[{ value: expect.closeTo(-0.2917, 4), low: expect.any(Number) }], [{ value: expect.closeTo(0.2917, 4) }]] }
			});
			expect(figure?.comparison?.notes).toEqual(['Boshlangʻich: n = 60; Oraliq: n = 80']);
			const { edition } = await asActor(tx, publicActor, () => publishedEdition(tx, slug, 'en'));
			expect(drawFigures(edition, 'en')[0]?.changes?.rows[0]?.cells[0]?.text).toBe('-29.2 points');
			expect(Buffer.from(await editionPdf(edition)).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
			const [release] = await asActor(tx, rounds.world.person.coordinator, () => ledger(tx, rounds.world.programmeId));
			expect(release?.figures).toMatchObject([{ round: { uz: 'Oraliq' }, comparedRound: { uz: 'Boshlangʻich' }, held: 0 }]);
			expect(await kept(tx, rounds.world)).toMatchObject([{ n: 140, nEarlier: 60 }]);
		});
	});

	it('says how changed questions compare, and of whom to take care', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const rounds = await twoRounds(tx, { f: 40, m: 20 }, { f: 30, m: 50 }, 'census');
			await asActor(tx, rounds.world.person.analyst, async () => {
				const stated = mappingFields.parse({ earlierPath: '/data/sex', laterPath: '/data/sex', kind: 'recoded', reason: { uz: 'Kodlar almashgan', en: 'Codes were turned round' }, to: { f: 'm', m: 'f' } });
				await stateMapping(tx, await permit(tx, assessment.mapQuestions, rounds.laterId), await namedBasis(tx, rounds.earlierId), await namedBasis(tx, rounds.laterId), stated);
				await stateSampling(tx, await permit(tx, assessment.stateSampling, rounds.laterId), { design: 'chosen', population: null, how: {} });
			});
			const { figure } = await published(tx, rounds.world, await compare(tx, rounds));
			expect(figure?.rows.map((row) => row.cells.map((cell) => (typeof cell === 'string' ? cell : cell.count)))).toEqual([[20, 30], [40, 50]]);
			expect(figure?.comparison?.notes.slice(1)).toEqual([expect.stringMatching(/Choices are named differently\. Codes were turned round$/), expect.stringContaining('chosen differently')]);
		});
	});

	it.each([1, 3, 4])('shows no change that would tell %i people of one of its rounds', async (few) => {
		await rolledBack(system('first-run'), async (tx) => {
			const rounds = await twoRounds(tx, { f: 40, m: few }, { f: 30, m: 50 });
			const { figure, slug } = await published(tx, rounds.world, await compare(tx, rounds));
			expect(figure?.rows[1]?.cells).toEqual(['withheld', expect.objectContaining({ count: 50 })]);
			expect(figure?.comparison?.changes).toEqual([[null], [null]]);
			expect([figure?.n, figure?.comparison?.notes]).toEqual([null, []]);
			const rows = await kept(tx, rounds.world);
			expect(rows).toMatchObject([{ n: null, nEarlier: null, held: expect.any(Number) }]);
			expect(JSON.stringify(rows)).not.toContain(`"count":${few},`);
			const { edition } = await asActor(tx, publicActor, () => publishedEdition(tx, slug, 'uz'));
			expect(Buffer.from(await editionPdf(edition)).toString('latin1').startsWith('%PDF-1.7')).toBe(true);
		});
	});

	it('does not go out with a change in the text that it does not show', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const rounds = await twoRounds(tx, { f: 40, m: 20 }, { f: 30, m: 50 });
			const { objections } = await published(tx, rounds.world, await compare(tx, rounds), '31 % more came [].');
			expect(objections).toEqual(['briefing.number-not-shown']);
		});
	});

	it('is remembered: what is published of one of its rounds afterwards is judged beside it', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const rounds = await twoRounds(tx, { f: 40, m: 20 }, { f: 30, m: 50 });
			expect((await published(tx, rounds.world, await compare(tx, rounds))).figure?.n).toBe(140);
			await putAnswers(tx, rounds.world, rounds.earlierId, [{ '/data/sex': 'f' }, { '/data/sex': 'f' }, ...Array.from({ length: 9 }, () => ({ '/data/sex': 'm' }))]);
			const again = await asActor(tx, rounds.world.person.analyst, async () =>
				saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId: rounds.earlierId, placeId: null }), { title: { uz: 'Kim keldi', en: 'Who came' }, query: simpleQuery(rounds.earlierId, 'share', '/data/sex'), placeId: null, comparedRoundId: null, familyOf: null })
			);
			const { figure } = await published(tx, rounds.world, again);
			expect(figure?.rows[0]?.cells).toEqual(['withheld']);
		});
	});
});
