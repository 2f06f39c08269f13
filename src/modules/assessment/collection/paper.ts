import { m } from '#paraglide/messages.js';
import { isLocale, type Locale } from '#platform/locales.ts';
import { questionsOf, type Instrument, type InstrumentNode, type InstrumentQuestion } from '#xforms/instrument.ts';
import { skipOf, type Skip } from '#xforms/skip.ts';

/** How an answer is written down: marked, in lines, in boxes for digits, as a date, or not on paper at all. */
export type Space = 'one' | 'several' | 'order' | 'lines' | 'line' | 'number' | 'date' | 'time' | 'place' | 'tick' | 'elsewhere';

export type PaperItem =
	| { readonly kind: 'section'; readonly title: string; readonly skip: string | null; readonly repeated: boolean; readonly items: readonly PaperItem[] }
	| { readonly kind: 'note'; readonly text: string; readonly skip: string | null }
	| {
			readonly kind: 'question';
			readonly number: number;
			readonly text: string;
			readonly hint: string;
			readonly required: boolean;
			readonly skip: string | null;
			/** What an answer must keep to, in the author's words. */
			readonly rule: string;
			readonly space: Space;
			readonly choices: readonly string[];
	  };

/** A form as it is printed, in one of its languages. */
export type PaperForm = { readonly title: string; readonly version: string; readonly language: string; readonly lang: string | undefined; readonly locale: Locale; readonly items: readonly PaperItem[] };

/** What is worked out, or comes from the device, is not asked on paper. */
const unasked = new Set(['calculate', 'hidden', 'metadata']);

const spaces: Readonly<Partial<Record<InstrumentQuestion['type'], Space>>> = {
	select_one: 'one', select_multiple: 'several', rank: 'order', text: 'lines', integer: 'number', decimal: 'number', range: 'number', date: 'date', dateTime: 'date',
	time: 'time', geopoint: 'place', acknowledge: 'tick', barcode: 'line'
};

/**
 * Lays a form out for printing: every question that a person answers, numbered, with its choices and with the condition under
 * which it is asked, in words.
 *
 * @param language key of one of the form's languages
 * @param locale in which the words around it are, when the form's language is none of ours
 */
export function paperForm(instrument: Instrument, language: string, locale: Locale): PaperForm {
	const known = instrument.languages.find(({ key }) => key === language);
	const own = known?.code && isLocale(known.code) ? known.code : locale;
	const layout = new Layout(instrument, language, own);
	return { title: instrument.title, version: instrument.version ?? '', language, lang: known?.code ?? undefined, locale: own, items: layout.items(instrument.questions) };
}

/** Text without the author's marks; another answer inside a text leaves a gap to fill. */
export const plain = (text: string): string =>
	text.replace(/<[^>]{0,200}>/g, '').replace(/\[([^\]]{1,300})\]\([^)]{0,500}\)/g, '$1').replace(/(\*\*|__|^#{1,6} )/gm, '').replace(/\$\{[^}]{1,100}\}/g, '______').trim();

class Layout {
	readonly #language: string;
	readonly #fallback: string;
	readonly #locale: Locale;
	readonly #numbers = new Map<string, number>();
	readonly #questions = new Map<string, InstrumentQuestion>();

	constructor(instrument: Instrument, language: string, locale: Locale) {
		this.#language = language;
		this.#fallback = instrument.defaultLanguage;
		this.#locale = locale;
		let number = 0;
		for (const question of questionsOf(instrument.questions)) {
			this.#questions.set(question.name, question);
			if (!unasked.has(question.type) && question.type !== 'note') this.#numbers.set(question.xpath, (number += 1));
		}
	}

	items(nodes: readonly InstrumentNode[]): PaperItem[] {
		return nodes.flatMap((node) => this.#item(node));
	}

	#item(node: InstrumentNode): PaperItem[] {
		const skip = this.#skip(node.relevant);
		if (node.kind !== 'question') {
			const items = this.items(node.children);
			return items.length === 0 ? [] : [{ kind: 'section', title: this.#text(node.labels), skip, repeated: node.kind === 'repeat', items }];
		}
		if (unasked.has(node.type)) return [];
		if (node.type === 'note') return [{ kind: 'note', text: this.#text(node.labels), skip }];
		return [
			{
				kind: 'question',
				number: this.#numbers.get(node.xpath) ?? 0,
				text: this.#text(node.labels) || node.name,
				hint: this.#text(node.hints),
				required: node.required === 'true()',
				skip,
				rule: this.#text(node.constraintMessages),
				space: node.choices === null && (node.type === 'select_one' || node.type === 'select_multiple') ? 'line' : (spaces[node.type] ?? 'elsewhere'),
				choices: (node.choices ?? []).map((choice) => this.#text(choice.labels) || choice.name)
			}
		];
	}

	#text(texts: Readonly<Record<string, string>>): string {
		return plain(texts[this.#language] ?? texts[this.#fallback] ?? Object.values(texts)[0] ?? '');
	}

	#skip(relevant: string | null): string | null {
		if (relevant === null || relevant.trim() === '' || relevant.trim() === 'true()') return null;
		return m.fill_paper_only_if({ condition: this.#words(skipOf(relevant), false) }, { locale: this.#locale });
	}

	#words(skip: Skip, inside: boolean): string {
		const locale = { locale: this.#locale };
		switch (skip.kind) {
			case 'compared':
				return this.#compared(skip);
			case 'chosen':
				return m.fill_paper_is({ question: this.#called(skip.question), answer: this.#answer(skip.question, skip.choice) }, locale);
			case 'not':
				return m.fill_paper_not({ condition: this.#words(skip.part, true) }, locale);
			case 'other':
				return skip.expression.replace(/\$\{([^}]+)\}/g, (_, name: string) => this.#called(name));
			default: {
				const joined = skip.parts.map((part) => this.#words(part, true)).join(` ${skip.kind === 'all' ? m.fill_paper_and({}, locale) : m.fill_paper_or({}, locale)} `);
				return inside ? `(${joined})` : joined;
			}
		}
	}

	#compared({ question, by, value }: Extract<Skip, { kind: 'compared' }>): string {
		const locale = { locale: this.#locale };
		const called = this.#called(question);
		if (value === '') return by === '=' ? m.fill_paper_unanswered({ question: called }, locale) : m.fill_paper_answered({ question: called }, locale);
		const answer = this.#answer(question, value);
		if (by === '=') return m.fill_paper_is({ question: called, answer }, locale);
		if (by === '!=') return m.fill_paper_is_not({ question: called, answer }, locale);
		return `${called} ${by === '<=' ? '≤' : by === '>=' ? '≥' : by} ${answer}`;
	}

	/** A question goes by its number; what is not asked goes by its name. */
	#called(name: string): string {
		const number = this.#numbers.get(this.#questions.get(name)?.xpath ?? '');
		return number === undefined ? name : m.fill_paper_question({ number }, { locale: this.#locale });
	}

	#answer(name: string, value: string): string {
		const choice = this.#questions.get(name)?.choices?.find((each) => each.name === value);
		return choice ? `«${this.#text(choice.labels) || value}»` : value;
	}
}
