import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeOpenRound, putAnswers, readyInstrument } from '../../../../test/assessment.ts';
import { makeWorld } from '../../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { recomputeFigure, saveFigure } from './commands.server.ts';
import { figureFields } from './figure.ts';
import { countFigure } from './count.server.ts';
import * as verbs from '../permits.ts';
import { getFigure } from './queries.server.ts';

useDatabase();

const people = fc.array(
	fc.record({
		sex: fc.constantFrom('f', 'm', '', 'junk'),
		needs: fc.uniqueArray(fc.constantFrom('law', 'home', 'work')).map((list) => list.join(' ')),
		age: fc.constantFrom('', '12', '18', '24', '25', '80', 'x')
	}),
	{ minLength: 30, maxLength: 60 }
);
type Person = { sex: string; needs: string; age: string };
const kept = (person: Person): Record<string, string> =>
	Object.fromEntries(Object.entries(person).flatMap(([name, text]) => (text === '' ? [] : [[`/data/${name}`, text]])));

/** The same count, by looking at one person after the other. */
function naive(all: readonly Person[], question: keyof Person, split: keyof Person | null, bands: readonly number[]): Map<string, number> {
	const counts = new Map<string, number>();
	const known: Record<string, readonly string[]> = { sex: ['f', 'm'], needs: ['law', 'home', 'work'] };
	for (const person of all) {
		const said = person[question];
		if (said === '' || (split !== null && person[split] === '')) continue;
		if (question === 'age' && !/^\d+$/.test(said)) continue;
		const group = split === null ? '' : (known[split] ?? []).includes(person[split]) ? person[split] : '@other';
		const given = question === 'age' ? [String(bands.filter((start) => Number(said) >= start).length)] : question === 'needs' ? said.split(' ') : [(known[question] ?? []).includes(said) ? said : '@other'];
		for (const answer of given) counts.set(`${answer}|${group}`, (counts.get(`${answer}|${group}`) ?? 0) + 1);
	}
	return counts;
}

describe('a figure', () => {
	it('counts what counting one by one gives', async () => {
		await fc.assert(
			fc.asyncProperty(people, fc.constantFrom<keyof Person>('sex', 'needs', 'age'), fc.boolean(), async (all, question, isSplit) => {
				await rolledBack(system('first-run'), async (tx) => {
					const world = await makeWorld(tx);
					const roundId = await makeOpenRound(tx, world);
					await putAnswers(tx, world, roundId, all.map(kept));
					const split = isSplit && question !== 'sex' ? 'sex' : null;
					const bands = question === 'age' ? [18, 25] : [];
					const query = { roundId, placeId: null, measure: 'count' as const, question: `/data/${question}`, split: split && `/data/${split}`, bands, cutOff: new Date(Date.now() + 60_000) };
					await asActor(tx, world.person.analyst, async () => {
						const counted = await countFigure(tx, readyInstrument().model, query, 1);
						const found = counted.exact.rows.flatMap((row) => row.cells.map((cell, j) => [`${row.key}|${counted.exact.series[j]?.key}`, typeof cell === 'string' ? cell : cell.count] as const));
						expect(new Map(found.filter(([, count]) => count !== 0))).toEqual(naive(all, question, split, bands));
					});
				});
			}),
			{ numRuns: 12 }
		);
	});

	it('is exact for named analysts, protected for members, and frozen once cited', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			const answers = [...Array<string>(3).fill('m'), ...Array<string>(20).fill('f')];
			await putAnswers(tx, world, roundId, answers.map((sex) => ({ '/data/sex': sex })));
			const fields = figureFields.parse({ title: { uz: 'Jins' }, measure: 'share', question: '/data/sex' });
			const id = await asActor(tx, world.person.analyst, async () => {
				const made = await saveFigure(tx, await permit(tx, verbs.saveFigure, { roundId, placeId: null }), roundId, fields);
				const figure = await getFigure(tx, world.programmeId, made);
				expect(figure.n).toBe(23);
				expect(figure.exact?.rows.map((row) => row.cells[0])).toEqual([{ count: 20, share: 20 / 23 }, { count: 3, share: 3 / 23 }]);
				return made;
			});
			await asActor(tx, world.person.member, async () => {
				const figure = await getFigure(tx, world.programmeId, id);
				expect(figure.exact).toBeNull();
				expect(figure.shown.rows.map((row) => row.cells[0])).toEqual(['withheld', 'withheld']);
				await expect(permit(tx, verbs.recomputeFigure, id)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, world.person.coordinator, async () => {
				await expect(permit(tx, verbs.saveFigure, { roundId, placeId: null })).rejects.toMatchObject({ status: 404 });
			});
			await asActor(tx, world.person.analyst, async () => {
				const { draftFinding } = await import('../evidence-commands.server.ts');
				const may = await permit(tx, verbs.recomputeFigure, id);
				await recomputeFigure(tx, may);
				await draftFinding(tx, await permit(tx, verbs.draftFinding, { programmeId: world.programmeId }), { statement: { uz: 'Erkaklar kam' }, placeId: null, figures: [id], quotations: [], documents: [] });
				await expect(recomputeFigure(tx, may)).rejects.toMatchObject({ code: 'figure.frozen' });
			});
		});
	});

	it('is refused when fewer people than the threshold answered', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [{ '/data/sex': 'f' }]);
			await asActor(tx, world.person.analyst, async () => {
				const fields = figureFields.parse({ title: { uz: 'Jins' }, measure: 'count', question: '/data/sex' });
				await expect(saveFigure(tx, await permit(tx, verbs.saveFigure, { roundId, placeId: null }), roundId, fields)).rejects.toMatchObject({ code: 'figure.too-few' });
			});
		});
	});
});
