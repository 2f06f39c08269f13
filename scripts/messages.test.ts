import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkMessages } from './check-messages.ts';
import { parametersOf } from './message-files.ts';
import { approve, generateCyrillic, generateMessages, reviewOf, run } from './messages.ts';

let root = '';

function put(name: string, content: unknown): void {
	const file = path.join(root, 'messages', name);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, 'messages', name), 'utf8'));

/** A whole and correct area with one message. */
function whole(key = 'gaps_title', texts: Record<string, unknown> = {}): void {
	const all = { uz: 'Kamchiliklar', ru: 'Пробелы', kaa: 'Kemshilikler', en: 'Gaps', ...texts };
	for (const [locale, text] of Object.entries(all)) put(`gaps/${locale}.json`, { $schema: 'x', [key]: text });
	generateCyrillic(root);
}

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'hamkor-messages-'));
	mkdirSync(path.join(root, 'messages'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('Uzbek in Cyrillic', () => {
	it('is written from Uzbek in Latin and keeps placeholders', () => {
		whole('gaps_count', { uz: '{count} ta kamchilik, {region} boʻyicha' });
		expect(read('gaps/uz-Cyrl.json')).toEqual({
			$schema: 'https://inlang.com/schema/inlang-message-format',
			gaps_count: '{count} та камчилик, {region} бўйича'
		});
	});

	it('turns the texts of variants and nothing else of them', () => {
		const variants = (one: string, other: string) => [
			{
				declarations: ['input count', 'local countPlural = count: plural'],
				selectors: ['countPlural'],
				match: { 'countPlural=one': one, 'countPlural=other': other }
			}
		];
		whole('gaps_days', { uz: variants('bir kun', '{count} kun') });
		expect(read('gaps/uz-Cyrl.json')).toMatchObject({ gaps_days: variants('бир кун', '{count} кун') });
	});

	it('takes an override over what the rules say', () => {
		put('gaps/uz-Cyrl.overrides.json', { gaps_title: 'Етишмовчиликлар' });
		whole();
		expect(read('gaps/uz-Cyrl.json')).toMatchObject({ gaps_title: 'Етишмовчиликлар' });
		expect(checkMessages(root)).toEqual([]);
	});

	it('is written only when it changes', () => {
		whole();
		expect(generateCyrillic(root)).toEqual([]);
	});
});

describe('the check of messages', () => {
	it('has nothing to say when all is well', () => {
		whole();
		expect(checkMessages(root)).toEqual([]);
	});

	it.each<[string, Record<string, unknown>]>([
		['is empty', { ru: '  ' }],
		['is only a dash', { en: '—' }],
		['begins or ends with a blank', { en: 'Gaps ' }],
		['takes {n}, in uz {}', { en: 'Gaps {n}' }],
		['takes {}, in uz {n}', { uz: '{n} ta kamchilik', ru: '{n}', kaa: '{n}' }],
		['typed apostrophe: Uzbek', { uz: "Ko'rsatkich" }],
		['typed apostrophe: Uzbek', { uz: 'Koʼrsatkich' }],
		['typed apostrophe: Uzbek', { uz: 'Ta’lim' }],
		['typed apostrophe: Uzbek', { uz: 'Taʻlim' }],
		['typed apostrophe: Karakalpak', { kaa: "Ka'mshilik" }],
		['has Latin letters: Windows', { uz: 'Windows uchun' }]
	])('says when a text %s', (fault, texts) => {
		whole('gaps_title', texts);
		expect(checkMessages(root).join('\n')).toContain(fault);
	});

	it('lets the words of messages/latin-words.json stay in Latin', () => {
		put('latin-words.json', ['Windows']);
		whole('gaps_title', { uz: 'Windows uchun' });
		expect(checkMessages(root)).toEqual([]);
	});

	it('says which locale lacks a key', () => {
		whole();
		put('gaps/kaa.json', {});
		expect(checkMessages(root)).toEqual(['gaps: gaps_title: missing in kaa']);
	});

	it('says when a key stands twice, in a file or in two areas', () => {
		whole();
		put('gaps/en.json', '{ "gaps_title": "Gaps", "gaps_title": "Gap" }');
		for (const locale of ['uz', 'ru', 'kaa', 'en']) put(`plans/${locale}.json`, { gaps_title: 'Reja' });
		generateCyrillic(root);
		expect(checkMessages(root)).toEqual(['gaps: gaps_title stands twice in en', 'gaps_title stands in gaps and in plans']);
	});

	it('says when uz was changed and uz-Cyrl was not generated again', () => {
		whole();
		put('gaps/uz.json', { gaps_title: 'Boʻshliqlar' });
		expect(checkMessages(root)).toEqual(['gaps: uz-Cyrl is not what is generated from uz: run bin/hamkor generate']);
	});

	it.each([
		['gaps/uz.json', '{'],
		['gaps/uz.json', { gaps_title: 5 }],
		['gaps/uz.json', { gaps_title: [{ match: { a: 'b' }, other: true }] }]
	])('names the file %s when it cannot be read', (name, content) => {
		put(name, content);
		expect(() => checkMessages(root)).toThrow(path.join('gaps', 'uz.json'));
	});

	it('knows the parameters of variants: inputs, not what is computed from them', () => {
		expect(
			parametersOf([
				{
					declarations: ['input count', 'local countPlural = count: plural'],
					selectors: ['countPlural'],
					match: { 'countPlural=one': 'a day with {who}', 'countPlural=*': '{count} days with {who} \\{no}' }
				}
			])
		).toEqual(['count', 'who']);
	});
});

describe('approval by native readers', () => {
	it('is nobody’s at first, and safety texts are named', () => {
		whole('gaps_consent_text');
		expect(reviewOf(root)).toContain('| gaps | 1 | 1 | 1 | 1 | 1 |');
		expect(reviewOf(root)).toContain('- `gaps_consent_text`: uz, uz-Cyrl, ru, kaa, en');
	});

	it('is recorded for one locale, and lapses when the text changes', () => {
		whole('gaps_consent_text');
		approve(root, 'ru', ['gaps_consent_text']);
		expect(checkMessages(root)).toEqual([]);
		expect(reviewOf(root)).toContain('- `gaps_consent_text`: uz, uz-Cyrl, kaa, en');
		put('gaps/ru.json', { gaps_consent_text: 'Иначе' });
		expect(checkMessages(root)).toEqual(['approved.json: gaps_consent_text in ru was changed after it was approved']);
		expect(reviewOf(root)).toContain('- `gaps_consent_text`: uz, uz-Cyrl, ru, kaa, en');
	});

	it('cannot be given to a message that is not there', () => {
		whole();
		expect(() => approve(root, 'en', ['gaps_other'])).toThrow('gaps_other');
	});
});

describe('the command', () => {
	it('generates, and then the check is content', () => {
		whole();
		expect(run(['generate'], root)).toBe(0);
		expect(generateMessages(root)).toEqual([]);
		expect(run(['check'], root)).toBe(0);
	});

	it('answers a mistake with 2', () => {
		expect(run([], root)).toBe(2);
		expect(run(['approve', 'de', 'gaps_title'], root)).toBe(2);
	});
});
