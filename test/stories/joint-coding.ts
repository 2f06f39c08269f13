import { expect } from 'vitest';
import { codes as madeUpCodes, type Mark } from '../../demo/made-up/interviews.ts';
import { clean, type Member } from './joint-team.ts';

export const texts = '/assessment/interviews';
/** A name that has to be struck before anything is stored. */
export const nameStruck = 'Nodira Qodirova';

/** Takes an interview in by hand: what is struck is struck before anything is stored. */
export async function takeIn(member: Member, facts: Readonly<Record<string, string>>, text: string): Promise<string> {
	const { page } = member;
	await member.go(`${texts}/new`);
	for (const name of ['kind', 'consentLevel', 'wanted']) await page.locator(`[name=${name}][value="${facts[name]}"]`).check();
	for (const name of ['roundId', 'language', 'organisationType']) await page.locator(`[name=${name}]`).selectOption(facts[name] ?? '');
	await page.locator('[name=text]').fill(text);
	await member.press('Look for names and places');
	await page.getByRole('button', { name: 'Strike and store' }).waitFor();
	expect(await member.main()).toContain(nameStruck);
	await member.press('Strike and store');
	await page.waitForURL(/\/interviews\/[0-9a-f-]{36}$/);
	expect([(await member.main()).includes(nameStruck), (await member.main()).includes('Alohida xona bor')]).toEqual([false, true]);
	return member.here();
}

/** Codes an interview to its end: on the page with the keyboard, or by the form of those who have no script. */
export async function codes(member: Member, interview: string, marks: readonly Mark[], byHand: boolean): Promise<void> {
	const coding = (await member.send(`${texts}/${interview}?/start`, {})).split('/').at(-1) ?? '';
	const at = `${texts}/${interview}/code/${coding}`;
	if (byHand) await codeByHand(member, at, marks);
	else for (const [code, words] of marks) await member.send(`${at}?/words`, { words, codes: member.id('code', code) });
	await member.send(`${texts}/${interview}?/done`, { coding });
}

/** Passages are found with the arrows, sentence by sentence; one that is no whole sentence is given as the form without script gives it. */
async function codeByHand(member: Member, at: string, marks: readonly Mark[]): Promise<void> {
	const { page } = member;
	const chosen = (): Promise<string> => page.locator('.chosen q').allInnerTexts().then(([text = '']) => text);
	/** A key, and until the page has been drawn anew. */
	const press = async (key: string): Promise<void> => {
		await page.keyboard.press(key);
		await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
	};
	let found = 0;
	for (const [code, words] of marks) {
		await member.go(at);
		await page.waitForSelector('kbd');
		await page.getByRole('group', { name: 'Text' }).focus();
		const [first = words] = words.split(/(?<=[.!?]) /);
		for (let before = ' '; before !== (await chosen()) && !(await chosen()).startsWith(first); ) {
			before = await chosen();
			await press('ArrowDown');
		}
		for (let i = 0; i < 5 && words !== (await chosen()) && words.startsWith(await chosen()); i++) await press('Shift+ArrowDown');
		if (words === (await chosen())) {
			await page.locator('aside').getByRole('button', { name: madeUpCodes.find(({ key }) => key === code)?.name.en ?? '' }).first().click();
			await page.locator('blockquote', { hasText: words }).first().waitFor();
			found += 1;
		} else await member.send(`${at}?/words`, { words, codes: member.id('code', code) });
	}
	expect(found).toBeGreaterThan(0);
	await clean(page);
}
