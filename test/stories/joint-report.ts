import { baseline } from '../../demo/instrument/baseline.ts';
import { madeUp } from '../../demo/made-up.ts';
import type { App } from '../app.ts';
import { ownerOf } from '../scene.ts';
import type { ReadFigure, Understood } from './joint-attack.ts';
import type { Member } from './joint-team.ts';

export const gapTitle = { uz: 'Samarqandda maxfiy suhbat xonasi yetishmaydi', ru: 'В Самарканде не хватает комнат для беседы', en: 'Too few rooms to talk in private in Samarkand' };
export const comparisonTitle = { uz: 'Maxfiy suhbat xonasi: ikki bosqich, joy turi boʻyicha', ru: 'Комната для беседы: два раунда, по типу населённого пункта', en: 'A private room: two rounds, by settlement' };
export const regionTitle = { uz: 'Maxfiy suhbat xonasi, hududlar boʻyicha', ru: 'Комната для беседы, по регионам', en: 'A private room in the second round, by region' };
export const samarkandIn = async (member: Member): Promise<string> => (await member.page.locator('[name=placeId] option', { hasText: 'Samarkand' }).first().innerText());

/** A figure on the room for a talk in private, in the second round. @returns its id */
export async function makeFigure(member: Member, more: Readonly<Record<'split1', string> & Partial<Record<'compare', string>>>, title: typeof gapTitle): Promise<string> {
	const { page } = member;
	await member.go(`/assessment/rounds/${member.id('round', 'repeat')}/figure`);
	const ending = (name: string, end: string): Promise<string> => page.locator(`[name=${name}] option`).evaluateAll((options, wanted) => options.map((option) => option.getAttribute('value') ?? '').find((value) => value.endsWith(wanted)) ?? '', end);
	await page.locator('[name=of]').selectOption(await ending('of', '/private_room'));
	await page.locator('[name=measure][value=share]').check();
	await member.press('Next');
	await page.locator('[name=split1]').selectOption(await ending('split1', `/${more.split1}`));
	if (more.compare) await page.locator('[name=compare]').selectOption(more.compare);
	await member.press('Show');
	await page.locator('[name="title.uz"]').waitFor();
	await member.say('title', title);
	await member.press('Save the figure');
	await page.waitForURL(/\/figures\/[0-9a-f-]{36}$/);
	return member.here();
}

/** What a reader understands of a figure: its title in words, and the questionnaire, which is public. */
export function understood(title: string): Understood {
	const ours: Record<string, Partial<Understood>> = { [comparisonTitle.en]: { split: 'settlement', rounds: ['baseline', 'repeat'] }, [regionTitle.en]: { split: 'region', rounds: ['repeat'] } };
	const theirs = madeUp.figures.find((figure) => figure.title.en === title);
	const question = theirs?.question ?? 'private_room';
	const at = baseline.survey.findIndex(({ name, type }) => name === question && type.startsWith('select'));
	const section = baseline.survey.slice(0, at).findLast(({ type }) => type === 'begin_group')?.name ?? '';
	return { question, section, split: theirs?.split ?? null, rounds: [theirs?.round ?? 'repeat'], ...ours[title] };
}

/** The same figures with the cells that were held back, from behind the fence. */
export async function withHeldBack(app: App, figures: readonly (ReadFigure & Understood)[]): Promise<(ReadFigure & Understood)[]> {
	const owner = await ownerOf(app);
	const { rows } = await owner.query<{ code: string; cells: { rows: { cells: ({ count: number } | string)[] }[] } }>(`select 'F-' || lpad(f.number::text, 2, '0') as code, e.cells from assessment.figure f join assessment.figure_exact e on e.figure_id = f.id`);
	await owner.end();
	return figures.map((figure) => {
		const exact = rows.find(({ code }) => code === figure.code)?.cells.rows ?? [];
		return { ...figure, rows: figure.rows.map((row, i) => ({ ...row, cells: row.cells.map((cell, j) => { const there = exact[i]?.cells[j]; return cell.count === null && typeof there === 'object' ? { count: there.count, share: null } : cell; }) })) };
	});
}
