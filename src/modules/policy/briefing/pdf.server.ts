import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { m } from '#paraglide/messages.js';
import { localeFacts } from '#platform/locales.ts';
import { log } from '#platform/log.server.ts';
import { problem } from '#platform/problem.ts';
import { formatDay, formatNumber } from '#ui/format.ts';
import { askedText } from './asked.ts';
import { changesInWords } from './comparison.ts';
import { toldToday, type Fallen } from './fallen.ts';
import { heldBack } from './held.ts';
import { titleRank, type Edition } from './edition.ts';

const answerSchema = z.union([z.object({ id: z.int(), pdf: z.instanceof(Uint8Array) }), z.object({ id: z.int(), error: z.string() })]);

/** Documents after which the thread is replaced: the compiler's memory only grows. */
const documentsPerWorker = 200;
/** Milliseconds after which a document that is not done is given up. */
const patience = 20_000;

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (error: Error) => void };

class Printer {
	#worker: Worker | undefined;
	#made = 0;
	#next = 0;
	readonly #waiting = new Map<number, Waiting>();

	print(edition: string, words: string, moment: number): Promise<Uint8Array> {
		const worker = this.#ready();
		const id = this.#next++;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => this.#fail(new Error('the document took too long')), patience);
			const done = (): void => {
				clearTimeout(timer);
				this.#waiting.delete(id);
				if (this.#waiting.size === 0) worker.unref();
			};
			this.#waiting.set(id, {
				resolve: (pdf) => (done(), resolve(pdf)),
				reject: (error) => (done(), reject(error))
			});
			worker.ref();
			worker.postMessage({ id, edition, words, moment });
		});
	}

	#ready(): Worker {
		if (this.#worker && (this.#made < documentsPerWorker || this.#waiting.size > 0)) return this.#worker;
		void this.#worker?.terminate();
		this.#made = 0;
		const worker = new Worker(workerFile());
		worker.on('message', (message: unknown) => {
			const answer = answerSchema.parse(message);
			this.#made++;
			const waiting = this.#waiting.get(answer.id);
			if ('pdf' in answer) waiting?.resolve(answer.pdf);
			else waiting?.reject(new Error(answer.error));
		});
		worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
		worker.unref();
		this.#worker = worker;
		return worker;
	}

	#fail(error: Error): void {
		void this.#worker?.terminate();
		this.#worker = undefined;
		for (const { reject } of [...this.#waiting.values()]) reject(error);
	}
}

/** The thread runs from the sources, also when this module has been bundled into the built pages. */
const workerFile = (): URL => new URL(`file://${process.cwd()}/src/modules/policy/briefing/pdf.worker.ts`);

const printer = new Printer();

/**
 * A published edition as tagged PDF (PDF/UA-1, ISO 14289-1), made from the edition and what of it has fallen since, and from
 * nothing else: the same of both gives the same bytes.
 * @throws Problem `briefing.pdf` (500 is a bug, so 503: it can be tried again) when the document cannot be made
 */
export async function editionPdf(published: Edition, fallen: Fallen = {}): Promise<Uint8Array> {
	const { edition, notes } = toldToday(published, fallen);
	const { locale } = edition;
	const inLocale = { locale };
	const words = {
		lang: localeFacts[locale].lang.split('-')[0],
		published: m.policy_briefing_published_on({ date: formatDay(edition.publishedOn, locale, edition.programme.timeZone) }, inLocale),
		demonstration: m.platform_demo_banner({}, inLocale),
		answer: m.policy_briefing_answer({}, inLocale),
		value: m.policy_briefing_value({}, inLocale),
		decimal: locale === 'en' ? '.' : ',',
		percent: '{n} %',
		withheld: m.ui_withheld({}, inLocale),
		fallen: Object.keys(notes).length === 0 ? '' : m.policy_fallen_since_lede({}, inLocale),
		ledger: m.policy_briefing_ledger({ code: edition.releaseCode }, inLocale)
	};
	const blocks = edition.blocks.map((block, at) => {
		const rank = titleRank(edition.blocks, at);
		const fell = notes[at] ?? '';
		if (block.kind === 'figure') {
			const source = figureCaption(block, edition);
			const asked = askedText(block, locale);
			const caption = block.n === null ? source : m.policy_briefing_figure_line({ source, n: formatNumber(block.n, locale) }, inLocale);
			return { ...block, fell, rank, caption, asked: asked === undefined ? '' : `${m.policy_briefing_figures_question({}, inLocale)}: ${asked}`, held: heldBack(block, locale) ?? '', changes: changesInWords(block, locale) };
		}
		if (block.kind === 'recommendation') return { ...block, fell, rank };
		if (block.kind === 'quotation') return { ...block, fell, attribution: block.spokenBy, language: localeFacts[block.lang].lang.split('-')[0] };
		return { ...block, fell };
	});
	const moment = Date.parse(`${edition.publishedOn}T00:00:00Z`) / 1000;
	try {
		return await printer.print(JSON.stringify({ ...edition, blocks }), JSON.stringify(words), moment);
	} catch (error) {
		log().error({ err: error }, 'a briefing could not be set as PDF');
		throw problem('briefing.pdf', 503);
	}
}

/** Where a released figure comes from: round, cut-off, version of the query, and the start of the result's hash. */
export function figureCaption(figure: Extract<Edition['blocks'][number], { kind: 'figure' }>, edition: Edition): string {
	const { locale } = edition;
	return m.policy_briefing_figure_source(
		{
			source: figure.source,
			date: formatDay(new Date(figure.cutOff), locale, edition.programme.timeZone),
			version: figure.queryVersion,
			hash: figure.sha256.slice(0, 12)
		},
		{ locale }
	);
}
