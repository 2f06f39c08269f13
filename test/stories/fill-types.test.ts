import path from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { runningPostgres } from '#server/postgres.ts';
import { startApp, type App } from '../app.ts';
import { violations } from '../axe.ts';
import { launchBrowser } from '../browser.ts';

/** Every kind of question, and every way of asking it that changes what stands on the page. */
const form = `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::Русский (ru) | hint::Oʻzbekcha (uz) | guidance_hint::Oʻzbekcha (uz) | appearance | parameters | required | relevant | read_only | calculation | default |
| | note | hello | **Salom**, [manba](https://example.org) | Привет | | | | | | | | | |
| | begin_group | texts | Matnlar | Тексты | | | | | | | | | |
| | text | plain | Oddiy matn | Текст | Bir soʻz | Qanday yozishni tushuntiring | | | yes | | | | |
| | text | long | Uzun matn | Длинный | | | multiline | | | | | | |
| | text | masked | Yashirin | Скрытый | | | masked | | | | | | |
| | text | digits | Raqamlar | Цифры | | | numbers | | | | | | |
| | integer | whole | Butun son | Целое | | | thousands-sep | | | | | | |
| | integer | counted | Sanoq | Счёт | | | counter | | | | | | |
| | decimal | money | Kasr son | Дробное | | | | | | | | | |
| | text | shown | Oʻqish uchun | Для чтения | | | | | | | yes | | tayyor |
| | end_group | | | | | | | | | | | | |
| | begin_group | days | Kunlar | Дни | | | | | | | | | |
| | date | day | Kun | День | | | | | | | | | |
| | date | persian | Forsiy kun | Персидский | | | persian | | | | | | |
| | date | month | Oy va yil | Месяц | | | month-year | | | | | | |
| | date | year | Yili | Год | | | year | | | | | | |
| | time | hour | Vaqt | Время | | | | | | | | | |
| | dateTime | moment | Kun va vaqt | Момент | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | begin_group | picks | Tanlash | Выбор | | | | | | | | | |
| | select_one fruit | one | Bittasi | Одно | | | | | | | | | |
| | select_one fruit | folded | Roʻyxatdan | Из списка | | | minimal | | | | | | |
| | select_one fruit | sought | Izlab | Поиск | | | autocomplete | | | | | | |
| | select_one fruit | scale | Shkala | Шкала | | | likert | | | | | | |
| | select_one fruit | columned | Ustunlar | Столбцы | | | columns-2 | | | | | | |
| | select_multiple fruit | several | Bir nechtasi | Несколько | | | | | | | | | |
| | select_multiple fruit | manyfold | Yigʻma | Свёрнуто | | | minimal | | | | | | |
| | rank fruit | order | Tartib | Порядок | | | | | | | | | |
| | acknowledge | seen | Tanishdingizmi | Ознакомлены | | | | | | | | | |
| | begin_group | table | Jadval | Таблица | | | table-list | | | | | | |
| | select_one yesno | rowa | A qator | Строка А | | | | | | | | | |
| | select_one yesno | rowb | B qator | Строка Б | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | begin_group | ranges | Oraliqlar | Диапазоны | | | | | | | | | |
| | range | slide | Surgich | Ползунок | | | | start=0 end=10 step=1 | | | | | |
| | range | upright | Tik surgich | Вертикально | | | vertical | start=0 end=5 step=0.5 | | | | | |
| | range | picked | Sonni tanlash | Число | | | picker | start=1 end=5 step=1 | | | | | |
| | range | stars | Baho | Оценка | | | rating | start=1 end=5 step=1 | | | | | |
| | end_group | | | | | | | | | | | | |
| | begin_group | places | Joylar | Места | | | | | | | | | |
| | geopoint | point | Nuqta | Точка | | | | | | | | | |
| | geotrace | trace | Yoʻl | Путь | | | | | | | | | |
| | geoshape | shape | Maydon | Участок | | | | | | | | | |
| | barcode | code | Shtrix-kod | Штрихкод | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | begin_group | files | Fayllar | Файлы | | | | | | | | | |
| | image | photo | Surat | Фото | | | | max-pixels=40 | | | | | |
| | image | sign | Imzo | Подпись | | | signature | | | | | | |
| | file | paper | Hujjat | Файл | | | | | | | | | |
| | audio | sound | Ovoz | Звук | | | | | | | | | |
| | end_group | | | | | | | | | | | | |
| | begin_repeat | child | Bola | Ребёнок | | | | | | | | | |
| | text | nick | Laqab | Прозвище | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | \${whole} * 2 | |
| | hidden | unseen | | | | | | | | | | | kept |
| | today | today | | | | | | | | | | | |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::Русский (ru) |
| | fruit | olma | Olma | Яблоко |
| | fruit | uzum | Uzum | Виноград |
| | fruit | anor | Anor | Гранат |
| | yesno | yes | Ha | Да |
| | yesno | no | Yoʻq | Нет |
| settings |
| | form_id | form_title | version | default_language |
| | types | Savollar | 1 | Oʻzbekcha (uz) |
`;
const ethics = {
	consent: { uz: 'Roziligingizni soʻraymiz.', ru: 'Просим вашего согласия.' },
	refusal: { uz: 'Yoʻq deyishingiz mumkin.', ru: 'Можно отказаться.' },
	distress: { uz: '1146 ga qoʻngʻiroq qiling.', ru: 'Позвоните 1146.' }
};

/** The smallest picture there is: one dot. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let app: App;
let browser: Browser;
let owner: pg.Pool;
let round: LaidOut;

beforeAll(async () => {
	[app, browser] = await Promise.all([startApp(), launchBrowser()]);
	owner = new pg.Pool({ ...runningPostgres(path.join(app.folder, 'data')).owner, max: 2 });
	round = await layOutRound(owner, { form, ethics });
});

afterAll(async () => {
	await owner.end();
	await browser.close();
	await app.stop();
});

async function expectNoViolations(page: Page): Promise<void> {
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 320);
}

const pictures = process.env['HAMKOR_STORY_PICTURES'];

/** Looks at a page that is filled, and goes on by keyboard. */
async function goOn(page: Page, name: string): Promise<void> {
	await expectNoViolations(page);
	if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
	await page.getByRole('button', { name: 'Keyingi' }).focus();
	await page.keyboard.press('Enter');
}

/** Puts the focus where Tab would reach it and types. */
async function type(page: Page, label: string, text: string): Promise<void> {
	await page.getByLabel(label).focus();
	await page.keyboard.type(text);
	await page.keyboard.press('Tab');
}

async function press(page: Page, role: 'button' | 'radio' | 'checkbox', within: string, name: string | RegExp, key = 'Space'): Promise<void> {
	await page.getByRole(/./.test(within) ? 'group' : 'main', within ? { name: within } : {}).or(page.getByRole('radiogroup', { name: within })).first().getByRole(role, { name, exact: typeof name === 'string' }).focus();
	await page.keyboard.press(key);
}

describe('a form with every kind of question', () => {
	it('is filled by keyboard alone on a small phone, and arrives as XForms write it', async () => {
		const context = await browser.newContext({ viewport: { width: 320, height: 640 }, timezoneId: 'Asia/Tashkent' });
		const page = await context.newPage();
		const wrong: string[] = [];
		page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
		page.on('pageerror', (error) => wrong.push(error.message));
		await page.goto(`${app.base}/uz/c/${round.token}`);
		await page.getByRole('button', { name: 'Roziman' }).focus();
		await page.keyboard.press('Enter');
		await page.getByText('Salom').waitFor();
		expect(await page.locator('strong', { hasText: 'Salom' }).count()).toBe(1);
		expect(await page.getByRole('link', { name: 'manba' }).getAttribute('rel')).toBe('noopener noreferrer');
		await goOn(page, '1-note');

		await type(page, 'Oddiy matn', 'Zomin');
		await page.getByText('Batafsil izoh').focus();
		await page.keyboard.press('Enter');
		await page.getByText('Qanday yozishni tushuntiring').waitFor();
		expect(await page.getByText('Bir soʻz').innerText()).toBe('Bir soʻz');
		await page.getByLabel('Uzun matn').focus();
		await page.keyboard.type('bir\nikki');
		await type(page, 'Yashirin', 'sir');
		expect(await page.getByLabel('Yashirin').getAttribute('type')).toBe('password');
		await type(page, 'Raqamlar', '0042');
		await type(page, 'Butun son', '1234567');
		expect(await page.getByLabel('Butun son').inputValue()).toBe('1\u00a0234\u00a0567');
		await type(page, 'Sanoq', '4');
		await page.getByRole('button', { name: 'Bittaga koʻpaytirish' }).focus();
		await page.keyboard.press('Enter');
		await type(page, 'Kasr son', '12,50');
		await page.getByText('tayyor').waitFor();
		await goOn(page, '2-texts');

		await page.locator('input[type=date]').first().fill('2026-03-08');
		await page.getByLabel('Forsiy kun').fill('2026-03-21');
		await page.getByRole('group', { name: 'Oy va yil' }).getByLabel('Oy', { exact: true }).selectOption('04');
		await page.getByRole('group', { name: 'Oy va yil' }).getByLabel('Yil', { exact: true }).focus();
		await page.keyboard.type('2025');
		await page.getByRole('group', { name: 'Yili' }).getByLabel('Yil', { exact: true }).focus();
		await page.keyboard.type('2024');
		await page.locator('input[type=time]').fill('14:30');
		await page.getByLabel('Kun va vaqt').fill('2026-03-08T09:05');
		await goOn(page, '3-days');

		await press(page, 'radio', 'Bittasi', 'Uzum');
		await page.getByRole('combobox', { name: 'Roʻyxatdan' }).selectOption('anor');
		await page.getByRole('radiogroup', { name: 'Izlab' }).getByRole('searchbox').focus();
		await page.keyboard.type('ANO');
		await page.getByText('Topildi: 1').waitFor();
		await press(page, 'radio', 'Izlab', 'Anor');
		await press(page, 'radio', 'Shkala', 'Olma');
		await press(page, 'radio', 'Ustunlar', 'Uzum');
		await press(page, 'checkbox', 'Bir nechtasi', 'Anor');
		await press(page, 'checkbox', 'Bir nechtasi', 'Olma');
		await page.getByRole('group', { name: 'Yigʻma' }).locator('summary').focus();
		await page.keyboard.press('Enter');
		await press(page, 'checkbox', 'Yigʻma', 'Uzum');
		await press(page, 'button', 'Tartib', '↑ Anor: yuqoriga', 'Enter');
		await page.getByRole('checkbox', { name: /Tanishdingizmi/ }).focus();
		await page.keyboard.press('Space');
		await press(page, 'radio', 'A qator', 'Ha');
		await press(page, 'radio', 'B qator', 'Yoʻq');
		await goOn(page, '4-picks');

		await page.getByRole('slider', { name: /^Surgich/ }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await page.getByRole('slider', { name: 'Tik surgich' }).focus();
		await page.keyboard.press('Home');
		await page.getByRole('combobox', { name: 'Sonni tanlash' }).selectOption('3');
		await press(page, 'radio', 'Baho', /4/);
		await goOn(page, '5-ranges');

		const put = async (group: string, points: [string, string][]): Promise<void> => {
			const place = page.getByRole('group', { name: group });
			await place.locator('summary').focus();
			await page.keyboard.press('Enter');
			for (const [latitude, longitude] of points) {
				await place.getByLabel(/^Kenglik/).focus();
				await page.keyboard.type(latitude);
				await place.getByLabel(/^Uzunlik/).focus();
				await page.keyboard.type(longitude);
				await page.keyboard.press('Tab');
				await page.keyboard.press('Enter');
			}
		};
		await put('Nuqta', [['39.654', '66.959']]);
		await put('Yoʻl', [['39', '66'], ['40', '67']]);
		await put('Maydon', [['39', '66'], ['40', '67'], ['39,5', '68']]);
		await type(page, 'Shtrix-kod', '4780001');
		await goOn(page, '6-places');

		await page.getByLabel('Surat').setInputFiles({ name: 'Сурат.png', mimeType: 'image/png', buffer: picture });
		await page.getByText('Fayl: Сурат').waitFor();
		await page.getByLabel('Barmoq yoki sichqoncha').waitFor();
		await page.getByLabel('Imzo').setInputFiles({ name: 'imzo.png', mimeType: 'image/png', buffer: picture });
		await page.getByLabel('Hujjat').setInputFiles({ name: 'hujjat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n') });
		await page.getByText('Fayl: hujjat').waitFor();
		await goOn(page, '7-files');

		await type(page, 'Laqab', 'Qaldirgʻoch');
		await expectNoViolations(page);
		await page.getByText(/saqlangan: |saqlandi: |\d\d:\d\d/).first().waitFor();
		await page.waitForTimeout(900);
		// What was begun comes back whole, files and digits included.
		await page.reload();
		// The page where it was left comes back too.
		await page.getByLabel('Laqab').waitFor();
		expect(await page.getByLabel('Laqab').inputValue()).toBe('Qaldirgʻoch');
		await page.getByRole('button', { name: 'Orqaga' }).click();
		await page.getByText('Fayl: hujjat').waitFor();
		await page.getByRole('button', { name: 'Keyingi' }).click();
		await page.getByRole('button', { name: 'Yuborish' }).click();
		await page.getByText('Javoblaringiz yetib keldi va saqlandi.').waitFor();
		expect(wrong).toEqual([]);
		await context.close();

		const { rows } = await owner.query('select id, answers from assessment.submission where round_id = $1', [round.roundId]);
		expect(rows).toHaveLength(1);
		const { id, answers } = rows[0];
		expect(answers).toMatchObject({
			'/data/texts/plain': 'Zomin', '/data/texts/long': 'bir\nikki', '/data/texts/masked': 'sir', '/data/texts/digits': '0042',
			'/data/texts/whole': '1234567', '/data/texts/counted': '5', '/data/texts/money': '12.50', '/data/texts/shown': 'tayyor',
			'/data/days/day': '2026-03-08', '/data/days/persian': '2026-03-21', '/data/days/month': '2025-04-01', '/data/days/year': '2024-01-01',
			'/data/days/hour': '14:30:00.000+05:00', '/data/days/moment': '2026-03-08T09:05:00.000+05:00',
			'/data/picks/one': 'uzum', '/data/picks/folded': 'anor', '/data/picks/sought': 'anor', '/data/picks/scale': 'olma',
			'/data/picks/columned': 'uzum', '/data/picks/several': 'olma anor', '/data/picks/manyfold': 'uzum', '/data/picks/order': 'olma anor uzum',
			'/data/picks/seen': 'OK', '/data/picks/table/rowa': 'yes', '/data/picks/table/rowb': 'no',
			'/data/ranges/slide': '2', '/data/ranges/upright': '0.0', '/data/ranges/picked': '3', '/data/ranges/stars': '4',
			'/data/places/point': '39.654 66.959 0.0 0.0', '/data/places/trace': '39.0 66.0 0.0 0.0;40.0 67.0 0.0 0.0',
			'/data/places/shape': '39.0 66.0 0.0 0.0;40.0 67.0 0.0 0.0;39.5 68.0 0.0 0.0;39.0 66.0 0.0 0.0', '/data/places/code': '4780001',
			'/data/child/nick': ['Qaldirgʻoch'], '/data/twice': '2469134', '/data/unseen': 'kept'
		});
		const files = await owner.query('select name, file_id from assessment.attachment where submission_id = $1 order by name', [id]);
		expect(files.rows).toHaveLength(3);
		expect(files.rows.every(({ file_id }) => file_id !== null)).toBe(true);
	});
});
