import { expect } from 'vitest';
import type { Member } from './joint-team.ts';

export const scoring = '/assessment/scoring';

/** Eight areas of the instrument, and the criteria of each by their place. */
export const criteriaIn = async (member: Member, assessment: string): Promise<number[][]> => {
	const { text } = await member.read(`${scoring}/${assessment}`);
	const areas = new Set([...text.matchAll(/\/sheet\/(\d+)/g)].map((found) => Number(found[1])));
	const lists: number[][] = [];
	for (const area of [...areas].sort((a, b) => a - b)) {
		const sheet = await member.read(`${scoring}/${assessment}/sheet/${area}`);
		lists.push([...new Set([...sheet.text.matchAll(/name="score\.(\d+)"/g)].map((found) => Number(found[1])))]);
	}
	return lists;
};
/** Two sheets that agree for the most part. */
export const civilScore = (service: number, at: number): number => (at * 5 + service * 3 + Math.floor(at / 4)) % 4;
export const authorityScore = (service: number, at: number): number => (at % 6 === service ? Math.min(3, civilScore(service, at) + 1) : civilScore(service, at));
const settledAs = (service: number, at: number): string => String(Math.min(civilScore(service, at), authorityScore(service, at)));

/** Scores an area on the page, each score by what was seen in a document. */
export async function scoreArea({ page }: Member, criteria: readonly number[], score: (at: number) => number): Promise<void> {
	for (const at of criteria) {
		await page.locator(`[name="score.${at}"][value="${score(at)}"]`).check();
		await page.locator(`[name="evidence.${at}"][value="document"]`).check();
	}
}

/** Sends a sheet area by area. */
export async function sendSheet(member: Member, assessment: string, areas: readonly (readonly number[])[], score: (at: number) => number): Promise<void> {
	for (const [i, criteria] of areas.entries()) {
		if (criteria.length === 0) continue;
		const fields = Object.fromEntries(criteria.flatMap((at) => [[`score.${at}`, String(score(at))], [`evidence.${at}`, 'interview']]));
		await member.send(`${scoring}/${assessment}/sheet/${i + 1}`, fields);
	}
}

/** Differences are settled at the lower score, one with dissent; both sides sign. By hand for the first service. */
export async function reconcile(civil: Member, authority: Member, id: string, service: number, areas: readonly (readonly number[])[]): Promise<void> {
	let kept = false;
	for (const [i, criteria] of areas.entries()) {
		const apart = criteria.filter((at) => civilScore(service, at) !== authorityScore(service, at));
		const [first] = apart;
		if (first === undefined) continue;
		const dissents = !kept;
		kept = true;
		const words = ['Nobody had seen the sheet in the districts.', 'The order was sent out last year.'] as const;
		if (service === 0) {
			await civil.go(`${scoring}/${id}/reconcile/${i + 1}`);
			for (const at of apart) await civil.page.locator(`[name="outcome.${at}"][value="${dissents && at === first ? 'dissent' : settledAs(service, at)}"]`).check();
			if (dissents) {
				await civil.page.locator(`[name="civil.${first}"]`).fill(words[0]);
				await civil.page.locator(`[name="authority.${first}"]`).fill(words[1]);
			}
			await civil.press('Save');
			await civil.page.waitForURL(/\/compare$/);
		} else {
			const outcomes = Object.fromEntries(apart.map((at) => [`outcome.${at}`, dissents && at === first && service === 1 ? 'dissent' : settledAs(service, at)]));
			await civil.send(`${scoring}/${id}/reconcile/${i + 1}`, { ...outcomes, ...(service === 1 && dissents ? { [`civil.${first}`]: words[0], [`authority.${first}`]: words[1] } : {}) });
		}
	}
	expect(kept, 'nothing to settle').toBe(true);
	for (const member of [civil, authority]) {
		if (service === 0) {
			await member.go(`${scoring}/${id}/compare`);
			await member.press('Sign for my side');
			await member.page.waitForURL(/\/scoring\/[0-9a-f-]{36}$/);
		} else {
			const seen = /name="seen" value="([^"]+)"/.exec((await member.read(`${scoring}/${id}/compare`)).text)?.[1] ?? '';
			await member.send(`${scoring}/${id}/compare?/sign`, { seen });
		}
	}
	if (service === 0) expect(await authority.main()).toContain('As civil society reads it');
}
